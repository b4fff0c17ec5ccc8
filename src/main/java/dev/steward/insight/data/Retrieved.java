// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.data;

import dev.steward.domain.SpanKind;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The documents that one retrieval returned, as far as its span says which they are.
///
/// @param source name of the data source
record Retrieved(String source, List<Fingerprint> documents) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String SOURCE = "gen_ai.data_source.id";

  /// More of one retrieval are not looked at.
  private static final int DOCUMENTS_MAX = 200;

  /// Empty for what is no retrieval, or names no source.
  static Optional<Retrieved> of(Span span) {
    Message said = span.content().documents();
    boolean retrieves = span.kind() == SpanKind.RETRIEVER || span.kind() == SpanKind.TOOL;
    if (!retrieves || said == null || !span.raw().attributesJson().contains(SOURCE)) {
      return Optional.empty();
    }
    try {
      String source = JSON.readTree(span.raw().attributesJson()).path(SOURCE).asString("");
      List<Fingerprint> documents = new ArrayList<>();
      for (JsonNode each : JSON.readTree(said.json())) {
        if (documents.size() < DOCUMENTS_MAX) {
          fingerprint(each).ifPresent(documents::add);
        }
      }
      return source.isEmpty() || documents.isEmpty()
          ? Optional.empty()
          : Optional.of(new Retrieved(source, documents));
    } catch (JacksonException e) {
      System.getLogger(Retrieved.class.getName())
          .log(System.Logger.Level.DEBUG, "documents that are no JSON are left out", e);
      return Optional.empty();
    }
  }

  private static Optional<Fingerprint> fingerprint(JsonNode document) {
    String id = text(document, "id", "document_id");
    String hash = text(document, "hash", "content_hash", "digest");
    if (hash.isEmpty()) {
      hash = text(document.path("metadata"), "hash", "content_hash", "digest");
    }
    if (id.isEmpty()) {
      return Optional.empty();
    }
    if (!hash.isEmpty()) {
      return Optional.of(new Fingerprint(id, hash));
    }
    String content = text(document, "content", "text", "page_content");
    return content.isEmpty() ? Optional.empty() : Optional.of(Fingerprint.of(id, content));
  }

  private static String text(JsonNode node, String... names) {
    for (String name : names) {
      JsonNode value = node.path(name);
      if (value.isString() || value.isNumber()) {
        return value.asString("");
      }
    }
    return "";
  }
}
