import { router, staffProcedure } from "../trpc/procedures";
import { getWebhookEvent, listDead, listFailing, listWebhookEvents } from "./queries";
import { redrive, redriveMatching } from "./redrive";
import { previewReplay, replay } from "./replay";
import {
  EventInput,
  ListEventsInput,
  PreviewReplayInput,
  RedriveInput,
  RedriveMatchingInput,
  ReplayInput,
  StuckInput,
} from "./schemas";

export const webhooksAdminRouter = router({
  dead: staffProcedure("webhooks:read")
    .input(StuckInput)
    .query(({ ctx, input }) => listDead(ctx, input)),
  failing: staffProcedure("webhooks:read")
    .input(StuckInput)
    .query(({ ctx, input }) => listFailing(ctx, input)),
  redrive: staffProcedure("webhooks:redrive")
    .input(RedriveInput)
    .mutation(({ ctx, input }) => redrive(ctx, input)),
  redriveMatching: staffProcedure("webhooks:redrive")
    .input(RedriveMatchingInput)
    .mutation(({ ctx, input }) => redriveMatching(ctx, input)),
  events: staffProcedure("webhooks:read")
    .input(ListEventsInput)
    .query(({ ctx, input }) => listWebhookEvents(ctx, input)),
  event: staffProcedure("webhooks:read")
    .input(EventInput)
    .query(({ ctx, input }) => getWebhookEvent(ctx, input)),
  previewReplay: staffProcedure("webhooks:read")
    .input(PreviewReplayInput)
    .query(({ ctx, input }) => previewReplay(ctx, input)),
  replay: staffProcedure("webhooks:redrive")
    .input(ReplayInput)
    .mutation(({ ctx, input }) => replay(ctx, input)),
});
