import type { Texts } from './catalogue.js'

/** The German texts. */
export const de: Texts = {
  direction: 'ltr',

  cancel: 'Abbrechen',
  continueTo: 'weiter zu {client}',
  signedInAs: 'Angemeldet als {name}',
  thisDevice: 'einer App auf diesem Gerät',
  youAreAt: 'Sie sind bei {host}',
  problemTitle: 'Problem: {title}',

  signIn: 'Anmelden',
  username: 'Benutzername',
  password: 'Passwort',
  loginWrong: 'Benutzername oder Passwort ist falsch.',
  loginMissing: 'Geben Sie Benutzernamen und Passwort ein.',
  loginTooOftenOneMinute:
    'Es gab zu viele Anmeldeversuche. Versuchen Sie es in einer Minute wieder.',
  loginTooOften: 'Es gab zu viele Anmeldeversuche. Versuchen Sie es in {minutes} Minuten wieder.',
  noAccountYet: 'Noch kein Konto?',
  createAccount: 'Konto anlegen',
  createAccountHint: 'Danach kommen Sie zurück und es geht weiter.',
  cannotCreateAccount:
    'Konten werden hier nicht angelegt. Melden Sie sich mit einem an, das Sie schon haben.',
  haveAccount: 'Mit einem vorhandenen Konto anmelden',

  chooseAccount: 'Konto auswählen',
  continueAs: 'Weiter als {name}',
  useAnotherAccount: 'Anderes Konto verwenden',

  consentTitle: '{client} bittet um Zugriff',
  aboutYou: 'Über Sie',
  otherAccess: 'Weiterer Zugriff',
  whileAway: 'Während Sie abwesend sind',
  offlineAccess: 'Diesen Zugriff behalten',
  offlineAccessHint:
    'Was Sie erlauben, gilt auch, wenn Sie nicht hier sind, bis Sie den Zugriff entziehen.',
  required: 'Erforderlich',
  important: 'Wichtig',
  chosenAbove: 'Wie oben ausgewählt',
  remember: 'Entscheidung merken',
  rememberHint: 'Nach demselben Zugriff werden Sie nicht noch einmal gefragt.',
  allow: 'Erlauben',
  deny: 'Ablehnen',
  returnsTo: 'Danach kehren Sie zurück zu {host}.',
  consentNothing: 'Wählen Sie aus, was Sie erlauben, oder lehnen Sie ab.',

  signOutTitle: 'Abmelden?',
  signOutAsked: '{client} möchte Sie abmelden.',
  signOut: 'Abmelden',
  staySignedIn: 'Angemeldet bleiben',
  signedOutTitle: 'Sie sind abgemeldet',
  signedOutHint: 'Sie können dieses Fenster schließen.',
  goOnTo: 'Weiter zu {client}',

  grantsTitle: 'Anwendungen mit Zugriff',
  grantsHint: 'Diesen Anwendungen haben Sie erlaubt, Ihr Konto zu verwenden.',
  grantsNone: 'Keine Anwendung hat Zugriff auf Ihr Konto.',
  grantSince: 'Seit {date}',
  grantRevoke: 'Zugriff entziehen',
  grantRevoked: 'Der Zugriff wurde entzogen.',
  grantWhileAway: 'Darf auch handeln, während Sie abwesend sind',

  notValidTitle: 'Diese Seite gilt nicht mehr',
  notValidText: 'Gehen Sie zurück zur Anwendung und beginnen Sie von vorn.',
  otherBrowserTitle: 'Diese Anmeldung begann in einem anderen Browser, oder Cookies sind blockiert',
  otherBrowserText:
    'Erlauben Sie Cookies für diese Seite, gehen Sie in diesem Browser zurück zur Anwendung und beginnen Sie von vorn.',
  unauthenticatedTitle: 'Diese Seite verlangt ein Passwort',
  unauthenticatedText: 'Laden Sie die Seite neu und geben Sie es ein.',
  forbiddenTitle: 'Diese Seite ist Ihnen nicht zugänglich',
  forbiddenText: 'Fragen Sie, wer diesen Server betreibt.',
  notFromHereTitle: 'Dieses Formular kam nicht von dieser Seite',
  notFromHereText: 'Gehen Sie zurück, laden Sie die Seite neu und senden Sie noch einmal.',
  unreadableTitle: 'Dieses Formular ist nicht lesbar',
  unreadableText: 'Gehen Sie zurück, laden Sie die Seite neu und senden Sie noch einmal.',
  tooLargeTitle: 'Dieses Formular ist zu groß',
  tooLargeText: 'Gehen Sie zurück und senden Sie weniger.',
  wrongMethodTitle: 'So lässt sich diese Seite nicht verwenden',
  wrongMethodText: 'Öffnen Sie sie in Ihrem Browser.',
  unavailableTitle: 'Das geht im Moment nicht',
  unavailableText: 'Versuchen Sie es in einigen Sekunden wieder.',
  serverErrorTitle: 'Etwas ist schiefgegangen',
  serverErrorText:
    'Es lag nicht an Ihnen. Gehen Sie zurück zur Anwendung und versuchen Sie es später wieder.',
  badRequestTitle: 'Diese Anfrage kann nicht beantwortet werden',
  badRequestText:
    'Der Anwendung, die Sie hierher geschickt hat, ist ein Fehler unterlaufen. Wer sie betreibt, braucht diese Angaben:',
}
