// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.trait;

import dev.steward.domain.release.Wilson;
import dev.steward.insight.watch.Measure;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What an agent's runs were like when it was learnt; it stays so.
///
/// @param version that they were of
/// @param from when the first of them was heard of
/// @param to when the last was
/// @param runs that it was learnt from
public record LearntBaseline(
    String version, Instant from, Instant to, int runs, List<TraitBaseline> traits) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String OUTCOME = "outcome ";

  public LearntBaseline {
    traits = List.copyOf(traits);
  }

  /// As it is kept.
  private record Form(String version, Instant from, Instant to, int runs, List<Line> traits) {}

  private record Line(String trait, @Nullable Double bound, long part, long whole) {}

  public String json() {
    List<Line> lines =
        traits.stream()
            .map(each ->
                new Line(
                    each.trait().word(),
                    each.trait() instanceof Trait.Above above ? above.bound() : null,
                    each.share().part(),
                    each.share().whole()))
            .toList();
    return JSON.writeValueAsString(new Form(version, from, to, runs, lines));
  }

  /// @throws IllegalArgumentException when it is none
  public static LearntBaseline read(String json) {
    Form form;
    try {
      form = JSON.readValue(json, Form.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a baseline: " + e.getOriginalMessage(), e);
    }
    return new LearntBaseline(
        form.version(),
        form.from(),
        form.to(),
        form.runs(),
        form.traits().stream()
            .map(line -> new TraitBaseline(trait(line), new Wilson(line.part(), line.whole())))
            .toList());
  }

  private static Trait trait(Line line) {
    String word = line.trait();
    if (word.startsWith(OUTCOME)) {
      return new Trait.Outcome(word.substring(OUTCOME.length()));
    }
    Double bound = line.bound();
    return switch (word) {
      case "success" -> new Trait.Success();
      case "errors" -> new Trait.Errors();
      case "unfinished" -> new Trait.Unfinished();
      default -> {
        if (bound == null) {
          throw new IllegalArgumentException("no bound of " + word);
        }
        yield new Trait.Above(Measure.valueOf(word.toUpperCase(Locale.ROOT)), bound);
      }
    };
  }
}
