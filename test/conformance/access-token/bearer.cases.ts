/** Where a token may be sent, and how. */
import { encode } from '../../support/tokens.js';
import {
  accepted,
  good,
  invalid,
  missing,
  notHttp,
  twoHeaders,
  workshop,
  type Case,
  type Clause,
} from './bench.js';

const sent = (name: string, value: string | Buffer, outcome: Case[2]): Case => [
  name,
  { headers: [Buffer.concat([Buffer.from('Authorization: '), Buffer.from(value)])] },
  outcome,
];
const lines = (name: string, headers: readonly string[], outcome: Case[2]): Case => [
  name,
  { headers },
  outcome,
];
const elsewhere = (
  name: string,
  line: string,
  headers: readonly string[] = [],
  body = '',
): Case => [name, { line, headers, body }, missing];
const other = workshop.token();
const form = 'Content-Type: application/x-www-form-urlencoded';

export const bearer: readonly Clause[] = [
  {
    clause: 'RFC 6750 §2.1, RFC 9110 §11.1: "Bearer", in any case, spaces, the token',
    cases: [
      sent('Bearer', `Bearer ${good}`, accepted),
      sent('bearer', `bearer ${good}`, accepted),
      sent('BEARER', `BEARER ${good}`, accepted),
      sent('bEaReR', `bEaReR ${good}`, accepted),
      sent('two spaces', `Bearer  ${good}`, accepted),
      sent('ten spaces', `Bearer          ${good}`, accepted),
      sent('spaces round the value (RFC 9110 §5.5)', `   Bearer ${good}   `, accepted),
      lines('the field name in capitals', [`AUTHORIZATION: Bearer ${good}`], accepted),
      lines('the field name in small letters', [`authorization:Bearer ${good}`], accepted),
      sent('a tab for the space', `Bearer\t${good}`, missing),
      sent('a tab after the space', `Bearer \t${good}`, invalid),
      sent('a non-breaking space before the token', `Bearer \u00a0${good}`, invalid),
      sent('the byte A0 after the token', Buffer.from(`Bearer ${good}\u00a0`, 'latin1'), invalid),
      sent(
        'the byte A0 after two spaces and the token',
        Buffer.from(`Bearer  ${good}\u00a0`, 'latin1'),
        invalid,
      ),
      sent(
        'the byte A0 between two spaces',
        Buffer.from(`Bearer \u00a0 ${good}`, 'latin1'),
        invalid,
      ),
      sent('no space', `Bearer${good}`, missing),
      sent('a colon', `Bearer: ${good}`, missing),
      sent('an equals sign', `Bearer=${good}`, missing),
      sent('as a parameter', `Bearer token="${good}"`, invalid),
      sent('two tokens', `Bearer ${good} ${good}`, invalid),
      sent('a word after the token', `Bearer ${good} x`, invalid),
      sent('a parameter after the token', `Bearer ${good}, realm="x"`, invalid),
      sent('the scheme twice', `Bearer Bearer ${good}`, invalid),
    ],
  },
  {
    clause: 'RFC 6750 §3: without a token the challenge names no error',
    cases: [
      lines('no Authorization', [], missing),
      sent('an empty one', '', missing),
      sent('white space', '   ', missing),
      sent('only the scheme', 'Bearer', missing),
      sent('the scheme and a space', 'Bearer ', missing),
      sent('the scheme in capitals', 'BEARER', missing),
      sent('only the token', good, missing),
      sent('Basic', `Basic ${encode('user:password')}`, missing),
      sent('the token under Basic', `Basic ${good}`, missing),
      sent('DPoP (RFC 9449)', `DPoP ${good}`, missing),
      sent('Digest', 'Digest username="x"', missing),
      sent('JWT', `JWT ${good}`, missing),
      sent('Token', `Token ${good}`, missing),
      sent('a scheme that begins like ours', `Bearers ${good}`, missing),
      sent('a scheme that ends like ours', `XBearer ${good}`, missing),
    ],
  },
  {
    clause: 'RFC 9110 §5.3, RFC 6750 §3.1: one Authorization, or none is believed',
    cases: [
      lines(
        'the same twice',
        [`Authorization: Bearer ${good}`, `Authorization: Bearer ${good}`],
        twoHeaders,
      ),
      lines(
        'two good tokens',
        [`Authorization: Bearer ${good}`, `Authorization: Bearer ${other}`],
        twoHeaders,
      ),
      lines(
        'a good one first',
        [`Authorization: Bearer ${good}`, 'Authorization: Bearer x'],
        twoHeaders,
      ),
      lines(
        'a good one last',
        ['Authorization: Bearer x', `Authorization: Bearer ${good}`],
        twoHeaders,
      ),
      lines('an empty one first', ['Authorization:', `Authorization: Bearer ${good}`], twoHeaders),
      lines('an empty one last', [`Authorization: Bearer ${good}`, 'Authorization:'], twoHeaders),
      lines(
        'Basic and Bearer',
        ['Authorization: Basic eDp5', `Authorization: Bearer ${good}`],
        twoHeaders,
      ),
      lines(
        'in other cases',
        [`authorization: Bearer ${good}`, 'X: y', `AUTHORIZATION: Bearer ${good}`],
        twoHeaders,
      ),
      sent('two joined by a comma, as a proxy may', `Bearer ${good}, Bearer ${other}`, invalid),
      sent('two joined without a space', `Bearer ${good},Bearer ${other}`, invalid),
      sent('Basic and Bearer joined', `Basic eDp5, Bearer ${good}`, missing),
    ],
  },
  {
    clause: 'RFC 9700 §4.3.2, RFC 6750 §2.2, §2.3: nowhere else is looked',
    cases: [
      elsewhere('in the query', `GET /orders?access_token=${good}`),
      elsewhere('in the query as token', `GET /orders?token=${good}`),
      elsewhere('in a form', 'POST /orders', [form], `access_token=${good}`),
      elsewhere(
        'in a JSON body',
        'POST /orders',
        ['Content-Type: application/json'],
        JSON.stringify({ access_token: good }),
      ),
      elsewhere('in a cookie', 'GET /orders', [
        `Cookie: access_token=${good}; Authorization=Bearer ${good}`,
      ]),
      elsewhere('in Proxy-Authorization', 'GET /orders', [`Proxy-Authorization: Bearer ${good}`]),
      elsewhere('in X-Access-Token', 'GET /orders', [`X-Access-Token: ${good}`]),
      elsewhere('in X-Forwarded-Authorization', 'GET /orders', [
        `X-Forwarded-Authorization: Bearer ${good}`,
      ]),
      elsewhere('in a header of the name with an underscore', 'GET /orders', [
        `Authorization_: Bearer ${good}`,
      ]),
      [
        'in the query too: the header counts',
        { line: 'GET /orders?access_token=x', headers: [`Authorization: Bearer ${good}`] },
        accepted,
      ],
      [
        'a bad one in the header, a good one in the query',
        { line: `GET /orders?access_token=${good}`, headers: ['Authorization: Bearer x'] },
        invalid,
      ],
    ],
  },
  {
    clause: 'RFC 9112 §5: a field is one line',
    cases: [
      sent('folded before the token', `Bearer\r\n ${good}`, notHttp),
      sent('folded after the token', `Bearer ${good}\r\n x`, notHttp),
      lines('a space before the colon', [`Authorization : Bearer ${good}`], notHttp),
      sent('a NUL', `Bearer \0${good}`, notHttp),
      sent('a bare carriage return', `Bearer ${good}\rX: y`, notHttp),
      sent('a DEL', `Bearer ${good}\x7f`, notHttp),
    ],
  },
];
