// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.dialect;

import dev.steward.domain.SpanKind;
import dev.steward.domain.Usage;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Brings the token counts of a span to the inclusive algebra: input holds what was read from and
/// written to a cache, output holds reasoning. Whether a sender's counts are inclusive is decided
/// by arithmetic, never by the provider's name, because instrumentations of one provider differ.
public final class UsageReader {
  private final DialectTable table;

  public UsageReader(DialectTable table) {
    this.table = table;
  }

  /// The usage, null when the sender says nothing of tokens. A 0 that the sender wrote stays 0.
  public @Nullable Usage read(Understood span) {
    Usage said = read(span::count, span.text(Field.SERVICE_TIER));
    if (said != null || (span.kind() != SpanKind.MODEL && span.kind() != SpanKind.EMBEDDING)) {
      return said;
    }
    return fromAnswer(span);
  }

  private @Nullable Usage fromAnswer(Understood span) {
    for (String key : table.answers().keys()) {
      JsonNode answer = span.subject().attributes().tree(key);
      if (answer != null && answer.isObject()) {
        Usage usage =
            read(
                field -> Values.count(inAnswer(answer, field)),
                Values.text(inAnswer(answer, Field.SERVICE_TIER)));
        if (usage != null) {
          return usage;
        }
      }
    }
    return null;
  }

  private @Nullable JsonNode inAnswer(JsonNode answer, Field field) {
    for (Source source : table.answers().fields().getOrDefault(field, List.of())) {
      JsonNode found = source.at(answer);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable Usage read(
      Function<Field, @Nullable Long> counts, @Nullable String tier) {
    Long cacheRead = counts.apply(Field.CACHE_READ);
    Long cacheWrite = counts.apply(Field.CACHE_WRITE);
    Long reasoning = counts.apply(Field.REASONING);
    Long total = counts.apply(Field.TOTAL_TOKENS);
    long cached = zero(cacheRead) + zero(cacheWrite);
    Long saidOutput = output(counts, zero(reasoning));
    Long input = input(counts, cached, total, saidOutput);
    Long output = withReasoning(saidOutput, zero(reasoning), input, total);
    if (input == null
        && output == null
        && cacheRead == null
        && cacheWrite == null
        && reasoning == null) {
      return null;
    }
    long cacheWrite1h = zero(counts.apply(Field.CACHE_WRITE_1H));
    return new Usage(
        input,
        output,
        zero(cacheRead),
        Math.max(zero(cacheWrite), cacheWrite1h),
        cacheWrite1h,
        zero(reasoning),
        zero(counts.apply(Field.AUDIO_INPUT)),
        zero(counts.apply(Field.AUDIO_OUTPUT)),
        zero(counts.apply(Field.AUDIO_CACHE_READ)),
        zero(counts.apply(Field.IMAGE_INPUT)),
        zero(counts.apply(Field.WEB_SEARCHES)),
        tier == null ? "" : tier);
  }

  private static @Nullable Long input(
      Function<Field, @Nullable Long> counts,
      long cached,
      @Nullable Long total,
      @Nullable Long output) {
    Long said = counts.apply(Field.INPUT_TOKENS);
    Long uncached = counts.apply(Field.UNCACHED_INPUT);
    if (said == null) {
      boolean inclusiveAfterAll =
          uncached != null
              && uncached >= cached
              && total != null
              && output != null
              && total == uncached + output;
      return uncached == null || inclusiveAfterAll ? uncached : Long.valueOf(uncached + cached);
    }
    boolean subsetIsTooLarge = said < cached;
    boolean saidTwice = uncached != null && uncached.equals(said);
    boolean totalHoldsCache = total != null && output != null && total == said + cached + output;
    return cached > 0 && (subsetIsTooLarge || saidTwice || totalHoldsCache)
        ? Long.valueOf(said + cached)
        : said;
  }

  private static @Nullable Long output(Function<Field, @Nullable Long> counts, long reasoning) {
    Long said = counts.apply(Field.OUTPUT_TOKENS);
    Long visible = counts.apply(Field.VISIBLE_OUTPUT);
    return said != null || visible == null ? said : Long.valueOf(visible + reasoning);
  }

  private static @Nullable Long withReasoning(
      @Nullable Long output, long reasoning, @Nullable Long input, @Nullable Long total) {
    if (output == null || reasoning == 0) {
      return output;
    }
    boolean subsetIsTooLarge = output < reasoning;
    boolean totalHoldsReasoning =
        total != null && input != null && total == input + output + reasoning;
    return subsetIsTooLarge || totalHoldsReasoning ? Long.valueOf(output + reasoning) : output;
  }

  private static long zero(@Nullable Long count) {
    return count == null ? 0 : count;
  }
}
