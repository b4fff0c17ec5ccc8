// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.live;

import dev.steward.console.format.Moment;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one model provider has answered in the last hour.
///
/// @param errors of the calls, "" for none
/// @param error the last one in words, "" for none
/// @param errorAt null without one
/// @param secret name of the secret, "" for none
/// @param secretNote when it was set, or that it is not
/// @param models that it was asked for, each with its runs
public record ProviderRow(
    String anchor,
    String name,
    String dialect,
    Mark mark,
    String inFlight,
    String limit,
    String calls,
    String errors,
    String firstByte,
    String firstByteMost,
    String whole,
    String wholeMost,
    String fallbacks,
    String error,
    @Nullable Moment errorAt,
    String secret,
    String secretNote,
    boolean secretMissing,
    List<Link> models) {
  public ProviderRow {
    models = List.copyOf(models);
  }
}
