import { html, nothing } from '/web/lib/lit-html/lit-html.js';
import { picked } from '../do/drafts.js';
import { channelOf } from '../model/places.js';
import { Kind, menuOf } from './controls.js';
import { sizeOf } from './files.js';
import { inlineSelect } from './inline-select.js';

/** @import { App, Channel, Html, OpenModal } from '../types.d.ts' */
/** @import { Part } from './controls.js' */

const PARAGRAPH = 2;

/** One field of a form with its label. @param {App} app @param {OpenModal} modal @param {Part} part @param {string} label @param {string | undefined} description @returns {Html} */
export function field(app, modal, part, label, description) {
  const id = `field-${part.custom_id}`;
  const isRequired = part.required !== false && part.type !== Kind.checkbox;
  const name = html`${label}${isRequired ? html`<span class="required" aria-hidden="true"> *</span>` : nothing}`;
  const about = description ? html`<p class="muted" id="${id}-about">${description}</p>` : nothing;
  if (part.type === Kind.radioGroup || part.type === Kind.checkboxGroup) {
    return html`<fieldset>
      <legend>${name}</legend>
      ${about}${boxes(modal, part)}
    </fieldset>`;
  }
  if (part.type === Kind.checkbox) {
    return html`<label class="tick"
        ><input
          type="checkbox"
          .checked=${part.default ?? false}
          @change=${(/** @type {Event} */ e) => set(modal, part, inputOf(e).checked)}
        />
        ${name}</label
      >${about}`;
  }
  return html`<div class="field">
    <label for=${id}>${name}</label>${about}${input(app, modal, part, id, isRequired)}
  </div>`;
}

/** @param {App} app @param {OpenModal} modal @param {Part} part @param {string} id @param {boolean} isRequired @returns {Html} */
function input(app, modal, part, id, isRequired) {
  switch (part.type) {
    case Kind.textInput:
      return textInput(modal, part, id, isRequired);
    case Kind.fileUpload:
      return fileInput(app, modal, part, id, isRequired);
    default: {
      const channel = app.state.sight && channelOf(app.state.sight, modal.channelId);
      if (!channel) return nothing;
      const menu = menuOf(
        app,
        part,
        /** @type {Channel} */ (channel),
        (values) => set(modal, part, values),
        id,
      );
      if (modal.values[part.custom_id] === undefined && menu.chosen.length > 0) set(modal, part, menu.chosen);
      return inlineSelect(menu, id, isRequired);
    }
  }
}

/** @param {OpenModal} modal @param {Part} part @param {string} id @param {boolean} isRequired @returns {Html} */
function textInput(modal, part, id, isRequired) {
  const { value = '', placeholder = '', min_length: least = 0, max_length: most = 4000 } = part;
  if (modal.values[part.custom_id] === undefined) set(modal, part, value);
  const typed = (/** @type {Event} */ event) => set(modal, part, inputOf(event).value);
  if (part.style === PARAGRAPH) {
    return html`<textarea
      id=${id}
      rows="5"
      placeholder=${placeholder}
      minlength=${least}
      maxlength=${most}
      ?required=${isRequired}
      .value=${value}
      @input=${typed}
    ></textarea>`;
  }
  return html`<input
    id=${id}
    type="text"
    placeholder=${placeholder}
    minlength=${least}
    maxlength=${most}
    ?required=${isRequired}
    autocomplete="off"
    .value=${value}
    @input=${typed}
  />`;
}

/** @param {App} app @param {OpenModal} modal @param {Part} part @param {string} id @param {boolean} isRequired @returns {Html} */
function fileInput(app, modal, part, id, isRequired) {
  const chosen = async (/** @type {Event} */ event) => {
    const files = await Promise.all([...(inputOf(event).files ?? [])].map(picked));
    set(modal, part, files);
    app.refresh();
  };
  const files = /** @type {import('../types.d.ts').PickedFile[]} */ (modal.values[part.custom_id] ?? []);
  return html`<input
      id=${id}
      type="file"
      ?multiple=${(part.max_values ?? 1) > 1}
      ?required=${isRequired}
      @change=${chosen}
    />
    ${files.map(({ name, size }) => html`<span class="muted">${name}, ${sizeOf(size)}</span>`)}`;
}

/** @param {OpenModal} modal @param {Part} part @returns {Html[]} */
function boxes(modal, part) {
  const isRadio = part.type === Kind.radioGroup;
  return part.options.map((/** @type {Part} */ { label, value, description, default: isChosen = false }) => {
    const change = (/** @type {Event} */ event) => {
      if (isRadio) return set(modal, part, value);
      const known = /** @type {string[]} */ (modal.values[part.custom_id] ?? []).filter(
        (one) => one !== value,
      );
      set(modal, part, inputOf(event).checked ? [...known, value] : known);
    };
    if (isChosen && modal.values[part.custom_id] === undefined) set(modal, part, isRadio ? value : [value]);
    return html`<label class="tick"
      ><input
        type=${isRadio ? 'radio' : 'checkbox'}
        name=${part.custom_id}
        .checked=${isChosen}
        @change=${change}
      />
      <span
        >${label}${description ? html`<br /><span class="muted">${description}</span>` : nothing}</span
      ></label
    >`;
  });
}

/** @param {OpenModal} modal @param {Part} part @param {OpenModal['values'][string]} value */
function set(modal, part, value) {
  modal.values[part.custom_id] = value;
}

/** @param {Event} event */
function inputOf(event) {
  return /** @type {HTMLInputElement} */ (event.currentTarget);
}
