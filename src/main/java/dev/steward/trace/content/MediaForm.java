// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Brings images, audio, files and their addresses in the shape of any provider to blob, uri and
/// file parts.
final class MediaForm {
  private final Blobs blobs;

  MediaForm(Blobs blobs) {
    this.blobs = blobs;
  }

  /// Parts without a type, null when the members are of no medium.
  @Nullable ObjectNode byMember(JsonNode node) {
    JsonNode inline = Trees.first(node, "inlineData", "inline_data");
    if (inline != null) {
      String data = Trees.text(inline, "data");
      return data == null
          ? null
          : blobs.part(data, null, Trees.text(inline, "mimeType", "mime_type"));
    }
    JsonNode file = Trees.first(node, "fileData", "file_data");
    if (file != null) {
      String uri = Trees.text(file, "fileUri", "file_uri");
      return uri == null
          ? null
          : blobs.address(uri, null, Trees.text(file, "mimeType", "mime_type"));
    }
    for (String medium : new String[] {"image", "document", "video", "audio"}) {
      String bytes = Trees.text(node.path(medium).path("source"), "bytes");
      if (bytes != null) {
        String format = Trees.text(node.path(medium), "format");
        return blobs.part(bytes, medium, format == null ? null : medium + "/" + format);
      }
    }
    return null;
  }

  /// Parts with a type; one of an unknown type passes through.
  ObjectNode byType(JsonNode node) {
    ObjectNode known =
        switch (node.path("type").asString("")) {
          case "blob" -> blob(node);
          case "image", "image_url", "input_image" -> medium(node, "image");
          case "document", "input_file", "file" -> medium(node, "document");
          case "audio", "input_audio", "audio_url" -> medium(node, "audio");
          case "video", "video_url" -> medium(node, "video");
          default -> null;
        };
    return known == null ? node.deepCopy().asObject() : known;
  }

  private @Nullable ObjectNode blob(JsonNode node) {
    String content = Trees.text(node, "content", "data");
    if (content == null) {
      return null;
    }
    ObjectNode part =
        blobs.part(content, Trees.text(node, "modality"), Trees.text(node, "mime_type"));
    Trees.copyRest(node, Set.of("content", "data"), part);
    return part;
  }

  private @Nullable ObjectNode medium(JsonNode node, String modality) {
    JsonNode body =
        Trees.first(
            node,
            "source",
            "image_url",
            "input_audio",
            "file",
            "image",
            "audio",
            "video",
            "url",
            "data",
            "audio_url",
            "video_url");
    if (body == null) {
      return null;
    }
    String own = Trees.text(node, "mime_type", "mediaType", "mimeType", "media_type");
    return body.isString()
        ? bodyText(body.stringValue(), modality, own)
        : bodyObject(body, modality, own);
  }

  private @Nullable ObjectNode bodyObject(JsonNode body, String modality, @Nullable String own) {
    JsonNode inner = body.path("image").isObject() ? body.path("image") : body;
    String inside = Trees.text(inner, "media_type", "mime_type", "mediaType", "mimeType");
    String format = Trees.text(inner, "format");
    String mimeType = inside != null ? inside : format != null ? modality + "/" + format : own;
    String uri = Trees.text(inner, "url", "uri");
    if (uri != null) {
      return blobs.address(uri, modality, mimeType);
    }
    String data = Trees.text(inner, "data", "bytes", "file_data");
    return data == null ? null : bodyText(data, modality, mimeType);
  }

  private ObjectNode bodyText(String text, String modality, @Nullable String mimeType) {
    boolean address = text.startsWith("data:") || text.contains("://");
    return address ? blobs.address(text, modality, mimeType) : blobs.part(text, modality, mimeType);
  }
}
