import type { DeliveryId } from './delivery'

/** What the shopper has told us on the way through checkout. Card details are never part of it. */
export interface Checkout {
  readonly contact: Contact | null
  readonly delivery: DeliveryId
}

export const contactFields = ['email', 'name', 'street', 'postcode', 'city', 'phone'] as const

export type Contact = Readonly<Record<(typeof contactFields)[number], string>>

export const emptyCheckout: Checkout = { contact: null, delivery: 'standard' }

export function readCheckout(stored: unknown): Checkout {
  if (typeof stored !== 'object' || stored === null) return emptyCheckout
  const { contact, delivery } = stored as { contact?: unknown; delivery?: unknown }
  return {
    contact: readContact(contact),
    delivery: delivery === 'express' || delivery === 'pickup' ? delivery : 'standard',
  }
}

function readContact(stored: unknown): Contact | null {
  if (typeof stored !== 'object' || stored === null) return null
  const given = stored as Record<string, unknown>
  const text = (field: (typeof contactFields)[number]) => {
    const value = given[field]
    return typeof value === 'string' ? value : ''
  }
  const contact: Contact = {
    email: text('email'),
    name: text('name'),
    street: text('street'),
    postcode: text('postcode'),
    city: text('city'),
    phone: text('phone'),
  }
  return contact.email && contact.street ? contact : null
}
