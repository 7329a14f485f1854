const { userAgent }: { readonly userAgent?: unknown } = Object(Reflect.get(globalThis, 'navigator'))

/** Whether this runs on workerd, the runtime of Cloudflare Workers, whose `node:crypto` cannot all that others can. */
export const isWorkerd = userAgent === 'Cloudflare-Workers'
