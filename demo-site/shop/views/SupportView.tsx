import { useState } from 'preact/hooks'
import { announce } from '../browser/announcements'
import { useForm } from '../browser/useForm'
import { useReady } from '../browser/useReady'
import { describedBy, Field, FieldFrame } from '../parts/Field'
import { FormAlert } from '../parts/FormAlert'
import { Link } from '../parts/Link'
import { tell } from '../tell'
import { all, atLeast, emailAddress, needed, shaped } from '../validate'

const topics = [
  ['order', 'An order I placed'],
  ['delivery', 'Delivery and tracking'],
  ['breakage', 'Something arrived broken'],
  ['subscription', 'My standing order'],
  ['brewing', 'A question about brewing'],
  ['other', 'Something else'],
] as const

export function SupportView() {
  const [sent, setSent] = useState(false)
  return (
    <div class="band">
      <div class="page-head">
        <h1>How can we help?</h1>
        <p class="lead">
          Ines, Tomas and Roos read everything. You will usually hear back the same working day.
        </p>
      </div>
      <div class="two-columns two-columns-form">
        {sent ? <Sent onAgain={() => setSent(false)} /> : <SupportForm onSent={() => setSent(true)} />}
        <Contacts />
      </div>
    </div>
  )
}

function SupportForm({ onSent }: { readonly onSent: () => void }) {
  const ready = useReady()
  const { errors, form } = useForm(
    {
      name: needed('Tell us your name.'),
      email: emailAddress,
      topic: needed('Choose what it is about.'),
      order: shaped(/^(KK-)?\d{5}$/i, 'Order numbers look like KK-12345.'),
      message: all(
        needed('Write us a few words.'),
        atLeast(20, 'A little more, please: at least 20 characters, so that we can answer in one go.'),
      ),
    },
    ({ topic }) => {
      tell('track', 'support_contact', { topic })
      announce('Your message is on its way.')
      onSent()
    },
  )
  const topicNote = describedBy('topic', errors.topic)
  const hint = 'What happened, and what you would like us to do.'
  return (
    <form class="form" id="support-form" method="post" {...form}>
      <FormAlert errors={errors} />
      <Field name="name" label="Name" autocomplete="name" required size="half" error={errors.name} />
      <Field
        name="email"
        label="E-mail"
        type="email"
        autocomplete="email"
        inputmode="email"
        required
        size="half"
        error={errors.email}
      />
      <FieldFrame name="topic" label="What is it about?" size="half" error={errors.topic}>
        <select id="topic" name="topic" required {...topicNote}>
          <option value="">Choose…</option>
          {topics.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </FieldFrame>
      <Field
        name="order"
        label="Order number"
        placeholder="KK-12345"
        autocomplete="off"
        size="half"
        error={errors.order}
      />
      <FieldFrame name="message" label="Message" hint={hint} error={errors.message}>
        <textarea
          id="message"
          name="message"
          rows={6}
          required
          {...describedBy('message', errors.message, hint)}
        />
      </FieldFrame>
      <div class="form-end">
        <button type="submit" id="send-message" class="button" data-cta disabled={!ready}>
          Send
        </button>
      </div>
    </form>
  )
}

function Sent({ onAgain }: { readonly onAgain: () => void }) {
  return (
    <div class="sent" id="support-thanks">
      <h2>Thank you, we have it.</h2>
      <p>Whoever is on the mail today will write back, usually before six. No need to send it twice.</p>
      <p class="row">
        <Link to="/" class="button">
          Back to the shop
        </Link>
        <button type="button" class="button button-quiet" onClick={onAgain}>
          Write another
        </button>
      </p>
    </div>
  )
}

function Contacts() {
  return (
    <section class="panel" aria-labelledby="quicker">
      <h2 id="quicker">Quicker still</h2>
      <p>
        Call <a href="tel:+3292345678">+32 9 234 56 78</a>, Tuesday to Saturday, nine to six.
      </p>
      <p>
        Write to <a href="mailto:hello@kettleandkiln.example">hello@kettleandkiln.example</a>.
      </p>
      <h3>Where is my parcel?</h3>
      <p>
        Parcels leave on Wednesday afternoon. The tracking link is in the mail with the subject “On its way”,
        which likes to hide in the spam folder.
      </p>
      <h3>Sending something back</h3>
      <p data-splitsecond-role="returns">
        Sixty days for anything that is not coffee. There is a label in the box; stick it on and hand it in at
        any post office.
      </p>
      <h3>Delivery</h3>
      <p data-splitsecond-role="shipping">
        €4.90 in Belgium, Germany, France, Luxembourg and the Netherlands, free from €60. €8.90 in the rest of
        the EU, free from €100. €14.90 to Switzerland and the United Kingdom.
      </p>
    </section>
  )
}
