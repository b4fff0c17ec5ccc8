// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.SourceTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;

/// Real bodies of OpenAI, Azure, compatible servers and Anthropic: each is translated or refused
/// with a reason, and every answer ends as the caller's dialect ends.
class RecordedBodiesTest {
  private static final Path FOLDER = SourceTree.root().resolve("../shared/data/provider");
  private static final Target TARGET = new Target("other-model", 100_000);

  private final Map<String, String> refused = new TreeMap<>();
  private int requests;
  private int wholes;
  private int streams;
  private int errors;

  @Test
  void everyBodyIsTranslatedOrRefusedWithAReason(TestReporter report) throws IOException {
    Assumptions.assumeTrue(Files.exists(FOLDER), "skipped: ../shared/data is missing");
    try (OfficialClients clients = new OfficialClients()) {
      for (JsonNode entry : Fields.JSON.readTree(FOLDER.resolve("index.json"))) {
        String provider = entry.path("provider").stringValue("");
        boolean anthropic = provider.equals("anthropic_messages");
        if (anthropic
            || provider.equals("openai_chat")
            || provider.equals("azure_openai")
            || provider.equals("openai_compatible")) {
          request(entry, anthropic ? "messages" : "chat");
          answer(entry, anthropic, clients);
        }
      }
    }
    refused.forEach((id, reason) -> report.publishEntry(id, reason));
    report.publishEntry(
        "counts",
        "%d requests, %d refused; %d whole answers, %d errors, %d streams"
            .formatted(requests, refused.size(), wholes, errors, streams));
    assertThat(requests).isEqualTo(50);
    assertThat(wholes + errors + streams).isEqualTo(50);
    // Two answers, moderation, a document, a word of Mistral's own; a hosted tool, thoughts.
    assertThat(refused.keySet())
        .containsExactlyInAnyOrder(
            "openai_chat_json_01",
            "openai_chat_json_04",
            "openai_chat_json_03",
            "openai_chat_json_tools_02",
            "openai_compatible_stream_02",
            "openai_compatible_stream_tools_01",
            "anthropic_messages_stream_02",
            "anthropic_messages_stream_03",
            "anthropic_messages_stream_04");
  }

  private void request(JsonNode entry, String from) throws IOException {
    byte[] body = Files.readAllBytes(FOLDER.resolve(entry.path("request").stringValue()));
    requests++;
    switch (Case.translate(from, body, TARGET)) {
      case Translation.Translated translated ->
          assertThat(Fields.JSON.readTree(translated.request()).path("messages")).isNotEmpty();
      case Translation.Untranslatable untranslatable -> {
        assertThat(untranslatable.field()).isNotEmpty();
        refused.put(
            entry.path("id").stringValue(),
            untranslatable.field() + ": " + untranslatable.reason());
      }
    }
  }

  /// The answer of this side, as the other side's client gets it.
  private void answer(JsonNode entry, boolean anthropic, OfficialClients clients)
      throws IOException {
    byte[] body = Files.readAllBytes(FOLDER.resolve(entry.path("response").stringValue()));
    Answers answers = anthropic ? new ChatAnswers(1, true) : new MessagesAnswers();
    int status = entry.path("status").intValue();
    if (entry.path("stream").booleanValue() && status == 200) {
      streams++;
      byte[] got = streamed(answers.stream(), body);
      Said said =
          anthropic ? Said.of(clients.completionStream(got)) : Said.of(clients.messageStream(got));
      assertThat(said.text().isEmpty() && said.calls().isEmpty())
          .as(entry.path("id").stringValue())
          .isFalse();
      return;
    }
    Answers.Whole whole = answers.whole(status, body);
    if (status < 400) {
      wholes++;
      assertThat(whole.status()).isEqualTo(status);
      Said said =
          anthropic
              ? Said.of(clients.completion(status, whole.body()))
              : Said.of(clients.message(status, whole.body()));
      Said first =
          anthropic
              ? Said.of(clients.message(status, body))
              : Said.ofCompatible(Fields.JSON.readTree(body));
      assertThat(said).as(entry.path("id").stringValue()).isEqualTo(first);
    } else {
      errors++;
      assertThat(Fields.JSON.readTree(whole.body()).path("error").path("message").stringValue())
          .isNotEmpty();
    }
  }

  private static byte[] streamed(Answers.Stream stream, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String block : new String(body, StandardCharsets.UTF_8).split("\r?\n\r?\n", -1)) {
      String name = "";
      StringBuilder data = new StringBuilder();
      for (String line : block.split("\r?\n", -1)) {
        if (line.startsWith("event:")) {
          name = line.substring("event:".length()).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring("data:".length()).strip());
        }
      }
      if (!data.isEmpty()) {
        out.writeBytes(stream.event(name, data.toString().getBytes(StandardCharsets.UTF_8)));
      }
    }
    out.writeBytes(stream.end());
    return out.toByteArray();
  }
}
