// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.form;

import dev.steward.trace.Sender;
import dev.steward.trace.dialect.Field;
import dev.steward.trace.dialect.Understood;
import dev.steward.trace.span.Origin;
import org.jspecify.annotations.Nullable;

/// Says who sent a span and which agent it names. The two differ where an agent works inside
/// another's process; what the key proved is kept beside what the attributes claim.
final class Origins {
  private static final int KEPT = 512;

  /// Those read lately, each at the place that its hash gives it: spans of a run share one, since
  /// stores remember many spans.
  private final @Nullable Origin[] kept = new Origin[KEPT];

  Origin of(Understood span, String service, Sender sender) {
    Origin read = read(span, service, sender);
    int place = Math.floorMod(read.hashCode(), KEPT);
    Origin before = kept[place];
    if (before != null && before.equals(read)) {
      return before;
    }
    kept[place] = read;
    return read;
  }

  private static Origin read(Understood span, String service, Sender sender) {
    @Nullable String proven = known(sender.agent());
    @Nullable String agent = either(span.text(Field.AGENT), proven);
    boolean own = proven != null && proven.equals(agent);
    return new Origin(
        service,
        agent,
        either(own ? sender.version() : null, span.text(Field.AGENT_VERSION)),
        either(sender.environment(), span.text(Field.ENVIRONMENT)),
        either(span.text(Field.WORKFLOW), sender.workflow()),
        either(sender.task(), span.text(Field.TASK)),
        span.text(Field.CONVERSATION),
        either(sender.run(), span.text(Field.RUN)),
        span.text(Field.USER),
        proven);
  }

  private static @Nullable String either(@Nullable String first, @Nullable String second) {
    return known(first) == null ? known(second) : first;
  }

  private static @Nullable String known(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
