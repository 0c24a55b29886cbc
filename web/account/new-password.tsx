import { Field } from '../kit/field.tsx';

/** The field of a password that is set. What is good enough is for the API to say. */
export const NewPassword = ({ label }: { label: string }) => (
  <Field
    name="password"
    label={label}
    type="password"
    autocomplete="new-password"
    hint="8 characters or more. A few words that do not belong together are good."
  />
);
