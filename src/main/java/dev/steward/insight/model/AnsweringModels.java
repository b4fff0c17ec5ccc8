// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.model;

import dev.steward.domain.LastUsed;
import dev.steward.domain.SpanKind;
import dev.steward.insight.model.AnswerLines.First;
import dev.steward.trace.diary.Diary;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Remembers who answered what agents ask for, and tells when somebody answers who never did. One
/// who is known may come and go: providers spread calls over several.
public final class AnsweringModels {
  /// Lines that the diary should keep at least.
  public static final int LINES_MAX = 20_000;

  private static final int ASKINGS_MAX = 10_000;
  private static final int CHANGES_MAX = 2_000;

  /// Of one asking; where more fingerprints are told they tell nothing, and only the model counts.
  static final int ANSWERERS_MAX = 32;

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> FINGERPRINTS =
      List.of("openai.response.system_fingerprint", "gen_ai.openai.response.system_fingerprint");

  private final Diary diary;
  private final List<ModelChange> changes = new ArrayList<>();
  private final Map<Asking, Known> known = new LastUsed<>(ASKINGS_MAX);

  public AnsweringModels(Diary diary) {
    this.diary = diary;
    for (String line : diary.read()) {
      AnswerLines.read(line).ifPresent(this::learn);
    }
  }

  /// Who answered one asking so far.
  private static final class Known {
    private final Set<Answerer> answerers = new HashSet<>();
    private final Set<String> models = new HashSet<>();
    private @Nullable Answerer last;
    private @Nullable First newest;

    boolean knows(Answerer answerer) {
      return answerers.contains(answerer)
          || (answerers.size() >= ANSWERERS_MAX && models.contains(answerer.model()));
    }

    /// The newest answerer, if its first answer came after this one: calls that run at the same
    /// time are not always told in their order.
    Optional<First> cameAfter(First first) {
      return Optional.ofNullable(newest)
          .filter(each -> each.answered().equals(last) && each.at().isAfter(first.at()));
    }
  }

  /// Looks at what was told of calls.
  public void see(List<Span> spans) {
    for (Span span : spans) {
      ModelFacts model = span.model();
      String agent = span.origin().agent();
      if (span.kind() == SpanKind.MODEL
          && model != null
          && agent != null
          && model.requestModel() != null
          && model.responseModel() != null
          && span.status() != Span.Status.ERROR) {
        see(span, agent, model.requestModel(), model.responseModel(), model.provider());
      }
    }
  }

  private void see(
      Span span, String agent, String asked, String answered, @Nullable String provider) {
    JsonNode attributes = attributes(span);
    boolean governed = span.teller().gateway();
    String upstream = attributes.path("steward.upstream").asString("");
    String use = governed ? attributes.path("steward.model.use").asString(asked) : "";
    String sold = provider == null ? "" : provider;
    String fingerprint = "";
    for (String name : FINGERPRINTS) {
      fingerprint = fingerprint.isEmpty() ? attributes.path(name).asString("") : fingerprint;
    }
    String run = span.origin().run();
    String environment = span.origin().environment();
    saw(
        new First(
            new Asking(agent, use, upstream.isEmpty() ? sold : upstream, asked),
            new Answerer(answered, fingerprint),
            span.endedAt(),
            environment == null ? "" : environment,
            run == null ? span.key().traceId() : run));
  }

  private static JsonNode attributes(Span span) {
    String json = span.raw().attributesJson();
    if (!json.contains("system_fingerprint") && !json.contains("steward.upstream")) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("raw attributes are not JSON on " + span.key(), e);
    }
  }

  private void saw(First first) {
    synchronized (this) {
      Known before = known.get(first.asked());
      if (before != null && before.knows(first.answered())) {
        before.last = first.answered();
        return;
      }
      if (!first.asked().governed() && governed(first.asked())) {
        return;
      }
      learn(first);
    }
    diary.add(List.of(AnswerLines.write(first)));
  }

  /// Whether the gateway saw the agent ask for the same: what it saw is then the better witness,
  /// and one change is not told twice.
  private boolean governed(Asking told) {
    for (Asking each : known.keySet()) {
      if (each.governed()
          && each.agent().equals(told.agent())
          && each.model().equals(told.model())) {
        return true;
      }
    }
    return false;
  }

  private synchronized void learn(First first) {
    Known answerers = known.computeIfAbsent(first.asked(), _ -> new Known());
    Answerer last = answerers.last;
    Optional<First> later = answerers.cameAfter(first);
    if (last != null && !answerers.knows(first.answered())) {
      changed(later.isEmpty() ? last : first.answered(), later.orElse(first));
    }
    answerers.answerers.add(first.answered());
    answerers.models.add(first.answered().model());
    if (later.isEmpty()) {
      answerers.last = first.answered();
      answerers.newest = first;
    }
  }

  private void changed(Answerer before, First after) {
    if (changes.size() >= CHANGES_MAX) {
      changes.removeFirst();
    }
    changes.add(
        new ModelChange(
            after.asked(), before, after.answered(), after.at(), after.environment(), after.run()));
  }

  /// The changes that are remembered, the oldest first.
  public synchronized List<ModelChange> changes() {
    return List.copyOf(changes);
  }
}
