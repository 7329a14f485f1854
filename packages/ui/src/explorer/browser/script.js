// What browsers add to the explorer. Without it the page says the same, and its form works.
import { enhanceForm } from './form.js'
import { enhancePicture } from './picture.js'

const picture = document.querySelector('.picture')
if (picture instanceof HTMLElement) enhancePicture(picture)

const form = document.querySelector('.request')
if (form instanceof HTMLFormElement) enhanceForm(form)
