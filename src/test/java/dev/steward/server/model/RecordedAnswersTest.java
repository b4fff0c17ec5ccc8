// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Real answers of real providers through the gateway: the same bytes, however they are cut, and in
/// the span the usage that they tell.
class RecordedAnswersTest {
  private static final List<Recording> PROVIDER = new ArrayList<>();
  private static final List<Recording> WIREMOCK = new ArrayList<>();

  @TempDir static Path folder;
  private static @Nullable RecordedAnswers answers;

  static List<Recording> recordings() throws IOException {
    if (PROVIDER.isEmpty() && Recording.present()) {
      PROVIDER.addAll(Recording.bodies());
      WIREMOCK.addAll(Recording.mappings());
    }
    List<Recording> all = new ArrayList<>(PROVIDER);
    all.addAll(WIREMOCK);
    return all;
  }

  /// Those that call a model; one only counts tokens.
  static List<Recording> calls() throws IOException {
    return recordings().stream().filter(r -> !r.path().endsWith("count-tokens")).toList();
  }

  @BeforeAll
  static void play() throws IOException {
    Assumptions.assumeTrue(Recording.present(), "skipped: ../shared/data is missing");
    answers = new RecordedAnswers(folder, recordings());
  }

  @AfterAll
  static void close() {
    if (answers != null) {
      answers.close();
    }
  }

  @Test
  void everyRecordingIsPlayed() {
    assertThat(PROVIDER).hasSize(113);
    assertThat(WIREMOCK).hasSize(67);
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void passesTheBytes(Recording recording) {
    for (Pieces pieces : Pieces.values()) {
      RecordedAnswers.Played played = answers().played(recording, pieces);
      assertThat(new String(played.body(), StandardCharsets.ISO_8859_1))
          .as(pieces.name())
          .isEqualTo(new String(recording.response(), StandardCharsets.ISO_8859_1));
      assertThat(played.status()).isEqualTo(recording.status());
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void passesTheHeaders(Recording recording) {
    for (Pieces pieces : Pieces.values()) {
      RecordedAnswers.Played played = answers().played(recording, pieces);
      assertThat(played.header("content-type")).isEqualTo(recording.contentType());
      for (String header : recording.headers()) {
        int colon = header.indexOf(':');
        String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
        assertThat(played.header(name)).as(name).isEqualTo(header.substring(colon + 1).strip());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void sendsTheRequestAsItCame(Recording recording) {
    for (Pieces pieces : Pieces.values()) {
      byte[] asked = answers().played(recording, pieces).asked();
      boolean chat = recording.path().equals("/v1/chat/completions");
      JsonNode given = JsonMapper.shared().readTree(recording.request());
      boolean asks = given.path("stream_options").path("include_usage").asBoolean(false);
      if (chat && given.path("stream").asBoolean(false) && !asks) {
        ((ObjectNode) given).withObject("stream_options").put("include_usage", true);
        assertThat(JsonMapper.shared().readTree(asked)).isEqualTo(given);
      } else {
        assertThat(asked).isEqualTo(recording.request());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void recordsTheUsageThatTheAnswerTells(Recording recording) {
    Usage told = ToldUsage.in(recording).orElse(null);
    for (Pieces pieces : Pieces.values()) {
      String run = answers().played(recording, pieces).header("x-steward-run");
      JsonNode spans = answers().gateway().server().json("/api/v1/runs/" + run).get("spans");
      assertThat(spans.size()).isEqualTo(1);
      if (told == null && spans.get(0).path("costSource").asString("").equals("estimated")) {
        continue;
      }
      assertThat(count(spans.get(0), "inputTokens")).isEqualTo(told == null ? null : told.input());
      assertThat(count(spans.get(0), "outputTokens"))
          .isEqualTo(told == null ? null : told.output());
    }
  }

  private static @Nullable Long count(JsonNode span, String name) {
    return span.path(name).isNumber() ? span.path(name).longValue() : null;
  }

  private static RecordedAnswers answers() {
    RecordedAnswers all = answers;
    if (all == null) {
      throw new IllegalStateException("nothing was played");
    }
    return all;
  }
}
