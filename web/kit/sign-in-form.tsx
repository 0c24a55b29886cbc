import type { SessionsCreateParams } from '../../client/src/index.ts';
import { Field } from './field.tsx';
import { Form } from './form.tsx';

/** The form in which one signs in. */
export const SignInForm = ({ signIn }: { signIn: (params: SessionsCreateParams) => Promise<void> }) => (
  <Form<'email' | 'password'> act={signIn} submit="Sign in" underWay="Signing in …">
    <Field name="email" label="E-mail address" type="email" autocomplete="username" />
    <Field name="password" label="Password" type="password" autocomplete="current-password" />
  </Form>
);
