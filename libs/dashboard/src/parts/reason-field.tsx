// Why something is done: what every form that ends somebody's access asks, and how.
import { Textarea, type TextareaProps } from '@mantine/core';
import type { ReactElement } from 'react';

interface ReasonFieldProps extends TextareaProps {
  /** In a form that ends sessions only by some of its fields. */
  readonly neededWhen?: string;
}

export const ReasonField = ({ neededWhen, ...props }: ReasonFieldProps): ReactElement => (
  <Textarea
    label="Reason"
    description={`Goes into the audit log, beside your name.${neededWhen === undefined ? '' : ` Needed when ${neededWhen}.`}`}
    maxLength={500}
    rows={2}
    {...props}
  />
);
