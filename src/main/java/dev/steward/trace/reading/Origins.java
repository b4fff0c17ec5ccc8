// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import dev.steward.trace.Sender;
import dev.steward.trace.dialect.Field;
import dev.steward.trace.dialect.Understood;
import dev.steward.trace.span.Origin;
import org.jspecify.annotations.Nullable;

/// Says who sent a span: what the agent key proved stands above what the attributes claim.
final class Origins {
  private Origins() {}

  static Origin of(Understood span, String service, Sender sender) {
    return new Origin(
        service,
        proven(sender.agent(), span, Field.AGENT),
        proven(sender.version(), span, Field.AGENT_VERSION),
        proven(sender.environment(), span, Field.ENVIRONMENT),
        proven(sender.workflow(), span, Field.WORKFLOW),
        proven(sender.task(), span, Field.TASK),
        span.text(Field.CONVERSATION),
        proven(sender.run(), span, Field.RUN),
        span.text(Field.USER));
  }

  private static @Nullable String proven(@Nullable String bySender, Understood span, Field field) {
    return bySender != null && !bySender.isBlank() ? bySender : span.text(field);
  }
}
