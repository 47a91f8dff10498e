'use client';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { Choice } from '@/components/pod/before-after/choice';
import type { CaptureAnswer } from '@/lib/api/capture';
import type { FieldName, FieldProblem, PacketFields } from './packet-fields';

interface PacketFormProps {
  readonly fields: PacketFields;
  readonly problems: Readonly<Partial<Record<FieldName, FieldProblem>>>;
  readonly services: CaptureAnswer['services'];
  readonly onChange: (change: Partial<PacketFields>) => void;
}

const STATES = ['NEW', 'ESTABLISHED', 'RELATED', 'INVALID'] as const;

/** A packet in one line of fields; the rarer ones on request. Every change is traced at once, so there is nothing to send. */
export function PacketForm({ fields, problems, services, onChange }: PacketFormProps) {
  const t = useTranslations('capture.tracer');
  const id = useId();
  const isRare = [fields.sourcePort, fields.gid, fields.mark, fields.state].some((value) => value !== '');
  const [isOpen, setIsOpen] = useState(isRare);
  const isOut = fields.direction === 'out';
  const text = (name: TextField, width: string, more: MoreProps = {}) => (
    <TextInput
      name={name}
      value={fields[name]}
      width={width}
      problem={problems[name] === undefined ? undefined : t(problems[name])}
      label={t(name)}
      onChange={onChange}
      {...more}
    />
  );
  return (
    <form className="packet-form" onSubmit={(event) => event.preventDefault()}>
      <Labelled label={t('direction')}>
        <Choice
          label={t('direction')}
          options={(['in', 'out'] as const).map((one) => ({ id: one, label: t(one) }))}
          value={fields.direction}
          onChange={(direction) => onChange(turn(fields, direction))}
        />
      </Labelled>
      <Labelled label={t('protocol')}>
        <Choice
          label={t('protocol')}
          options={(['tcp', 'udp'] as const).map((one) => ({ id: one, label: one.toUpperCase() }))}
          value={fields.protocol}
          onChange={(protocol) => onChange({ protocol })}
        />
      </Labelled>
      {text('destination', 'w-52', { hint: isOut ? t('destinationHint') : t('ownAddress'), list: `${id}services` })}
      {text('destinationPort', 'w-20')}
      {isOut ? text('uid', 'w-24', { hint: t('appUser') }) : text('source', 'w-40')}
      <button type="button" className="link self-center" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {t('more')}
      </button>
      <datalist id={`${id}services`}>
        {services.map(({ name, ports }) => (
          <option key={name} value={name}>
            {ports.map(({ port }) => port).join(', ')}
          </option>
        ))}
      </datalist>
      {isOpen && (
        <div className="packet-form basis-full">
          {isOut && text('gid', 'w-24')}
          {isOut && text('source', 'w-40')}
          {text('sourcePort', 'w-24')}
          {isOut ? text('outInterface', 'w-24') : text('inInterface', 'w-24')}
          {text('mark', 'w-24')}
          <Labelled label={t('state')} id={`${id}state`}>
            <select
              id={`${id}state`}
              className="field"
              value={fields.state || 'NEW'}
              onChange={({ target }) => onChange({ state: STATES.find((one) => one === target.value) ?? '' })}
            >
              {STATES.map((state) => (
                <option key={state}>{state}</option>
              ))}
            </select>
          </Labelled>
        </div>
      )}
    </form>
  );
}

/** The other direction: an address that the packet came from or went to means nothing there. */
function turn(fields: PacketFields, direction: PacketFields['direction']): Partial<PacketFields> {
  return direction === fields.direction ? {} : { direction, destination: '', source: '', uid: '', gid: '' };
}

type TextField = Exclude<FieldName, 'direction' | 'protocol' | 'state'>;

interface MoreProps {
  readonly hint?: string;
  readonly list?: string;
}

interface TextInputProps extends MoreProps {
  readonly name: TextField;
  readonly label: string;
  readonly value: string;
  readonly width: string;
  readonly problem: string | undefined;
  readonly onChange: (change: Partial<PacketFields>) => void;
}

function TextInput({ name, label, value, width, problem, hint, list, onChange }: TextInputProps) {
  const id = useId();
  return (
    <Labelled label={label} id={id} problem={problem}>
      <input
        id={id}
        list={list}
        className={`field mono ${width}`}
        value={value}
        placeholder={hint}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}problem`}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => onChange({ [name]: target.value })}
      />
    </Labelled>
  );
}

interface LabelledProps {
  readonly label: string;
  readonly id?: string;
  readonly problem?: string | undefined;
  readonly children: ReactNode;
}

function Labelled({ label, id, problem, children }: LabelledProps) {
  return (
    <div className="grid gap-1">
      {id === undefined ? (
        <span className="text-sm text-ink-2">{label}</span>
      ) : (
        <label htmlFor={id} className="text-sm text-ink-2">
          {label}
        </label>
      )}
      {children}
      {problem !== undefined && (
        <span id={`${id}problem`} role="alert" className="max-w-52 text-sm text-state-refused">
          {problem}
        </span>
      )}
    </div>
  );
}
