import { describe, expect, it } from 'vitest';
import { masked } from './support.ts';

describe('personal data', () => {
  it.each([
    ['mail ana@example.com, please', 'mail [masked:email], please'],
    ["o'neil.a+x@mail.example.co.uk", '[masked:email]'],
    ['jürgen@müller.example', '[masked:email]'],
    ['call +1 (555) 123-4567 now', 'call [masked:phone-number] now'],
    ['+44 (0)20 7946 0123', '[masked:phone-number]'],
    ['tel:+4915112345678', 'tel:[masked:phone-number]'],
    ['001-202-555-0143', '[masked:phone-number]'],
    ['(202)555-0143x120', '[masked:phone-number]'],
    ['202-555-0143', '[masked:phone-number]'],
    ['01.99.00.01.43', '[masked:phone-number]'],
    ['0491 57 01 56', '[masked:phone-number]'],
    ['Phone: 555 0143', 'Phone: [masked:phone-number]'],
    ['2025550143 (office)', '[masked:phone-number] (office)'],
    ['card 4111 1111 1111 1111', 'card [masked:card-number]'],
    ['4111-1111-1111-1111', '[masked:card-number]'],
    ['378282246310005', '[masked:card-number]'],
    ['my card 6304000000000000', 'my card [masked:card-number]'],
    ['DE89 3704 0044 0532 0130 00 is mine', '[masked:iban] is mine'],
    ['GB82WEST12345698765432', '[masked:iban]'],
    ['from 84.23.112.97:443', 'from [masked:ip-address]:443'],
    ['my ip is 84.23.12.9', 'my ip is [masked:ip-address]'],
    ['2a00:1450:4001:81b::200e', '[masked:ip-address]'],
    ['SSN 078-05-1120', 'SSN [masked:national-id]'],
    ['CPF 529.982.247-25', 'CPF [masked:national-id]'],
    ['756.9217.0769.85', '[masked:national-id]'],
    ['DNI 12345678Z', 'DNI [masked:national-id]'],
    ['811228-9874', '[masked:national-id]'],
    ['131052-308T', '[masked:national-id]'],
    ['PESEL 44051401359', 'PESEL [masked:national-id]'],
    ['BSN 111222333', 'BSN [masked:national-id]'],
    ['Steuer-ID 86095742719', 'Steuer-ID [masked:national-id]'],
    ['1 85 05 78 006 084 91', '[masked:national-id]'],
    ['Aadhaar 2341 2341 2346', 'Aadhaar [masked:national-id]'],
    ['NHS number 943 476 5919', 'NHS number [masked:national-id]'],
    ['TFN 123 456 782', 'TFN [masked:national-id]'],
    ['SIN 046 454 286', 'SIN [masked:national-id]'],
  ])('is hidden in %s', (text, expected) => {
    expect(masked(text)).toBe(expected);
  });

  it.each([
    ['a card with a wrong check digit', '4111 1111 1111 1112'],
    ['an IBAN with a wrong remainder', 'DE88 3704 0044 0532 0130 00'],
    ['a CPF with a wrong check digit', '529.982.247-26'],
    ['an AHV number with a wrong check digit', '756.9217.0769.84'],
    ['a number of twelve digits of which nobody says that it is a card', '500000000611'],
    ['a network of one’s own', '10.20.130.140 172.16.254.101 192.168.100.200'],
    ['documentation', '203.0.113.117 2001:db8::1234:5678'],
  ])('is not seen in %s', (_, text) => {
    expect(masked(text)).toBe(text);
  });
});
