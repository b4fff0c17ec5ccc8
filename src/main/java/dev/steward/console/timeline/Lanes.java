// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.timeline;

import dev.steward.console.chart.Times;
import dev.steward.console.timeline.Lane.Dot;
import dev.steward.insight.timeline.Moment;
import dev.steward.insight.timeline.Moment.Kind;
import dev.steward.insight.timeline.Moment.Tone;
import java.util.ArrayList;
import java.util.List;

/// Lays moments out: a lane for each kind, on one axis.
///
/// @param newestFirst in the order of the lines below
record Lanes(List<Moment> newestFirst, Times times) {
  static final int HEIGHT = 30;

  /// Closer than so many percent two would lie on each other.
  private static final double NEAR = 2.4;

  private static final int WORDS_MAX = 4;

  /// The address of a line.
  static String id(int line) {
    return "m-" + line;
  }

  List<Lane> all() {
    List<Lane> lanes = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      List<Dot> dots = dots(kind);
      if (!dots.isEmpty()) {
        lanes.add(new Lane(kind.plural(), lanes.size() * HEIGHT + HEIGHT / 2, dots));
      }
    }
    return lanes;
  }

  private List<Dot> dots(Kind kind) {
    List<Dot> dots = new ArrayList<>();
    List<Integer> near = new ArrayList<>();
    for (int line = newestFirst.size() - 1; line >= 0; line--) {
      if (newestFirst.get(line).kind() != kind) {
        continue;
      }
      if (!near.isEmpty() && along(line) - along(near.getFirst()) > NEAR) {
        dots.add(dot(near));
        near.clear();
      }
      near.add(line);
    }
    if (!near.isEmpty()) {
      dots.add(dot(near));
    }
    return dots;
  }

  private double along(int line) {
    return times.along(newestFirst.get(line).at());
  }

  private Dot dot(List<Integer> near) {
    Tone worst = Tone.PLAIN;
    List<String> words = new ArrayList<>();
    for (int line : near) {
      Moment moment = newestFirst.get(line);
      worst = moment.tone().compareTo(worst) > 0 ? moment.tone() : worst;
      if (words.size() < WORDS_MAX) {
        words.add(times.words(moment.at()) + ": " + moment.title());
      }
    }
    if (near.size() > WORDS_MAX) {
      words.add("and " + (near.size() - WORDS_MAX) + " more");
    }
    return new Dot(
        times.percent(newestFirst.get(near.getFirst()).at()),
        css(worst),
        near.size() == 1 ? "" : Integer.toString(near.size()),
        String.join("; ", words),
        "#" + id(near.getLast()));
  }

  static String css(Tone tone) {
    return switch (tone) {
      case PLAIN -> "plain";
      case GOOD -> "ok";
      case WARNING -> "warning";
      case BAD -> "critical";
    };
  }
}
