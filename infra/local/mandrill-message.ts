import * as z from 'zod';

const BLANK = "Sorry, this field can't be left blank.";

const recipientSchema = z.looseObject({
  email: z.string({ error: BLANK }).min(1, BLANK),
  name: z.string().optional(),
  type: z.enum(['to', 'cc', 'bcc']).default('to'),
});

/** The fields of a message that the mailbox shows; the others are kept as they came. */
export const messageSchema = z.looseObject(
  {
    from_email: z
      .string()
      .regex(/^[^@]*@[^@]*$/, 'An email address must contain a single @')
      .optional(),
    from_name: z.string().optional(),
    to: z.array(recipientSchema, { error: BLANK }).min(1, BLANK),
    subject: z.string().optional(),
    text: z.string().optional(),
    html: z.string().optional(),
    headers: z.record(z.string(), z.unknown()).optional(),
    metadata: z.record(z.string(), z.unknown()).optional(),
    tags: z.array(z.string()).optional(),
  },
  { error: BLANK },
);

export type Recipient = z.infer<typeof recipientSchema>;

/** An e-mail that was sent: Mandrill's own fields of the message, with the one recipient of this copy in `to`. */
export type Message = z.infer<typeof messageSchema> & {
  _id: string;
  /** When it was sent, in ISO 8601 UTC. */
  received_at: string;
  status: 'sent';
};
