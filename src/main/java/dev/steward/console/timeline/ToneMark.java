// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.timeline;

import dev.steward.console.part.Mark;
import dev.steward.insight.timeline.Moment.Tone;
import org.jspecify.annotations.Nullable;

/// The mark of what happened, by whether it is good news.
public final class ToneMark {
  private ToneMark() {}

  /// @return null for what is neither good nor bad
  public static @Nullable Mark of(Tone tone, String words) {
    return switch (tone) {
      case PLAIN -> null;
      case GOOD -> new Mark(Mark.Tone.OK, words);
      case WARNING -> new Mark(Mark.Tone.WARNING, words);
      case BAD -> new Mark(Mark.Tone.CRITICAL, words);
    };
  }
}
