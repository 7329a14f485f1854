import { formPost } from './form-post.js'
import { fragment } from './fragment.js'
import { query } from './query.js'
import type { ResponseMode } from './response-mode.js'

/** Every response mode; the first is used unless the client asks for another. */
export const responseModes = [query, fragment, formPost] as const satisfies readonly ResponseMode[]
