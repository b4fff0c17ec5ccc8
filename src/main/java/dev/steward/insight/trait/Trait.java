// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.trait;

import dev.steward.insight.watch.Measure;
import java.util.OptionalDouble;

/// Something about runs that may drift, read of each run as a score between 0 and 1: the mean of
/// the scores is then a share of the runs.
public sealed interface Trait {

  /// Whether they succeed; runs of which nobody tells it have no score.
  record Success() implements Trait {}

  /// Whether they end with the outcome; runs without any have no score.
  ///
  /// @param label lower case
  record Outcome(String label) implements Trait {}

  /// Whether anything in them failed.
  record Errors() implements Trait {}

  /// Whether they fail or are abandoned.
  record Unfinished() implements Trait {}

  /// Whether they take more than nine in ten took before.
  ///
  /// @param bound that nine in ten did not pass
  record Above(Measure measure, double bound) implements Trait {}

  /// What it is called on the wire, the same in every baseline.
  default String word() {
    return switch (this) {
      case Success _ -> "success";
      case Outcome(String label) -> "outcome " + label;
      case Errors _ -> "errors";
      case Unfinished _ -> "unfinished";
      case Above(Measure measure, double _) -> measure.word();
    };
  }

  /// What a share of it is a share of, for people.
  default String words() {
    return switch (this) {
      case Success _ -> "runs that succeed";
      case Outcome(String label) -> "runs with the outcome " + label;
      case Errors _ -> "runs with an error";
      case Unfinished _ -> "runs that fail or are abandoned";
      case Above(Measure measure, double bound) -> "runs " + Words.above(measure, bound);
    };
  }

  /// How far from the baseline a share may be without mattering.
  default double tolerance() {
    return switch (this) {
      case Success _, Outcome _, Errors _, Unfinished _ -> 0.02;
      case Above _ -> 0.05;
    };
  }

  /// Its score of a run, empty where the run says nothing of it.
  default OptionalDouble score(PastRun run) {
    return switch (this) {
      case Success _ ->
          run.success() == null
              ? OptionalDouble.empty()
              : share(Boolean.TRUE.equals(run.success()));
      case Outcome(String label) ->
          run.outcome() == null ? OptionalDouble.empty() : share(label.equals(run.outcome()));
      case Errors _ -> share(run.errors());
      case Unfinished _ -> share(run.unfinished());
      case Above(Measure measure, double bound) ->
          Double.isNaN(run.of(measure)) ? OptionalDouble.empty() : share(run.of(measure) > bound);
    };
  }

  private static OptionalDouble share(boolean is) {
    return OptionalDouble.of(is ? 1 : 0);
  }
}
