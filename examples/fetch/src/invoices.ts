export interface Invoice {
  readonly id: string
  readonly amount: number
  readonly isPaid: boolean
}

/** The table of your database. */
const invoices = new Map<string, Invoice>([
  ['1', { id: '1', amount: 120, isPaid: false }],
  ['2', { id: '2', amount: 9500, isPaid: false }],
])

export const listInvoices = (): readonly Invoice[] => [...invoices.values()]

export const findInvoice = (id: string): Invoice | undefined => invoices.get(id)

export function payInvoice(invoice: Invoice): Invoice {
  const paid = { ...invoice, isPaid: true }
  invoices.set(invoice.id, paid)
  return paid
}
