import { customersAdminRouter } from "../customers/admin-router";
import { invoicesAdminRouter } from "../invoices/admin-router";
import { liveAdminRouter } from "../live/admin-router";
import { reconciliationAdminRouter } from "../reconciliation/admin-router";
import { refundsAdminRouter } from "../refunds/admin-router";
import { sessionAdminRouter } from "../staff/admin-router";
import { webhooksAdminRouter } from "../webhooks/admin-router";
import { router } from "./procedures";

export const adminRouter = router({
  session: sessionAdminRouter,
  customers: customersAdminRouter,
  invoices: invoicesAdminRouter,
  refunds: refundsAdminRouter,
  live: liveAdminRouter,
  webhooks: webhooksAdminRouter,
  reconciliation: reconciliationAdminRouter,
});

export type AdminRouter = typeof adminRouter;
