/** The icons of the studio and of rulebooks. */

import { LabIcon } from '@jupyterlab/ui-components';

const studio =
  '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
  '<g class="jp-icon3" fill="#616161">' +
  '<path d="M3 5h7.2v2H3zM15.8 5H21v2h-5.2zM3 11h2.2v2H3zM10.8 11H21v2H10.8zM3 17h10.2v2H3zM18.8 17H21v2h-2.2z"/>' +
  '<circle cx="13" cy="6" r="2.6"/><circle cx="8" cy="12" r="2.6"/><circle cx="16" cy="18" r="2.6"/></g></svg>';

const rulebook =
  '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
  '<path class="jp-icon-brand0 jp-icon-selectable" fill="#0D47A1" d="M5 2h12a2 2 0 0 1 2 2v18H7a2 2 0 0 1-2-2z"/>' +
  '<path fill="#fff" d="M8 7.2h3.2v1.6H8zM14.8 7.2H16v1.6h-1.2zM8 12.2h1v1.6H8zM12.6 12.2H16v1.6h-3.4z"/>' +
  '<circle cx="13" cy="8" r="1.6" fill="#fff"/><circle cx="10.8" cy="13" r="1.6" fill="#fff"/></svg>';

/** Three sliders. */
export const studioIcon = new LabIcon({ name: 'touchrules:studio', svgstr: studio });

/** A book with sliders on it. */
export const rulebookIcon = new LabIcon({ name: 'touchrules:rulebook', svgstr: rulebook });
