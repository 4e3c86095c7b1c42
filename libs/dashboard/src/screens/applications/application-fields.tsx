// The fields of an application.
import { Checkbox, Textarea, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ProblemError } from '../../api/problem-error.js';
import { limits } from './application-settings.js';
import './applications.css';
import type { ListedApplication } from './applications.queries.js';

export interface ApplicationFieldsProps {
  readonly application: ListedApplication | null;
  readonly faults: ProblemError['fields'];
}

export function ApplicationFields({ application, faults }: ApplicationFieldsProps): ReactElement {
  const faultOf = (name: string): string | undefined =>
    faults.find(({ field }) => field === name || field.startsWith(`${name}.`))?.message;
  return (
    <>
      {application === null && (
        <TextInput
          name="id"
          label="Id"
          description="Letters, digits and _ . - ; it is in every token, and stays."
          autoComplete="off"
          data-autofocus
          error={faultOf('id')}
        />
      )}
      <TextInput
        name="name"
        label="Name"
        autoComplete="off"
        defaultValue={application?.name ?? ''}
        error={faultOf('name')}
        {...(application && { 'data-autofocus': true })}
      />
      <TextInput
        name="audience"
        label="Audience"
        description={
          application
            ? 'A change of it ends every session of this application.'
            : 'Whom its tokens are for; left empty, the id.'
        }
        autoComplete="off"
        defaultValue={application?.audience ?? ''}
        error={faultOf('audience')}
      />
      <Textarea
        name="allowedOrigins"
        label="Allowed origins"
        description="One on a line: https://app.example.org"
        rows={2}
        defaultValue={application?.allowedOrigins.join('\n') ?? ''}
        error={faultOf('allowedOrigins')}
      />
      <LimitFields application={application} faultOf={faultOf} />
      <Checkbox
        name="resourceServer"
        label="A service that checks tokens: it may introspect, refresh and follow revocations"
        defaultChecked={application?.resourceServer ?? false}
      />
    </>
  );
}

interface LimitFieldsProps {
  readonly application: ListedApplication | null;
  readonly faultOf: (name: string) => string | undefined;
}

function LimitFields({ application, faultOf }: LimitFieldsProps): ReactElement {
  return (
    <fieldset className="limits">
      <legend className="unseen">Limits</legend>
      {limits.map(([name, label, description]) => (
        <TextInput
          key={name}
          name={name}
          label={label}
          description={description}
          inputMode="numeric"
          autoComplete="off"
          defaultValue={application ? String(application[name]) : ''}
          error={faultOf(name)}
        />
      ))}
    </fieldset>
  );
}
