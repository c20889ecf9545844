import type { Action } from "./action";
import { acceptOffer, cancel, undoCancel } from "./cancel";
import { addTaxId, removeTaxId, updateCustomer } from "./customer";
import { pause, resume } from "./pause";
import {
  addPaymentMethod,
  finishPaymentMethod,
  removePaymentMethod,
  setDefaultPaymentMethod,
} from "./payment-methods";
import { previewConfirm, previewUpdate } from "./preview";
import { confirmUpdate, finishUpdate, undoScheduled, update } from "./update";

/** By the last part of their address. */
export const actions: ReadonlyMap<string, Action> = new Map(
  Object.entries({
    accept_offer: acceptOffer,
    add_payment_method: addPaymentMethod,
    add_tax_id: addTaxId,
    cancel,
    confirm_update: confirmUpdate,
    finish_payment_method: finishPaymentMethod,
    finish_update: finishUpdate,
    pause,
    preview_confirm: previewConfirm,
    preview_update: previewUpdate,
    remove_payment_method: removePaymentMethod,
    remove_tax_id: removeTaxId,
    resume,
    set_default_payment_method: setDefaultPaymentMethod,
    undo_cancel: undoCancel,
    undo_scheduled: undoScheduled,
    update,
    update_customer: updateCustomer,
  }),
);
