// Why something is changed, asked for in a form that ends sessions only by some of its fields.
import { Textarea } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ProblemError } from '../api/problem-error.js';

interface ReasonFieldProps {
  readonly neededWhen: string;
  readonly faults: ProblemError['fields'];
}

export const ReasonField = ({ neededWhen, faults }: ReasonFieldProps): ReactElement => (
  <Textarea
    name="reason"
    label="Reason"
    description={`Goes into the audit log, beside your name. Needed when ${neededWhen}.`}
    maxLength={500}
    rows={2}
    error={faults.find(({ field }) => field === 'reason')?.message}
  />
);
