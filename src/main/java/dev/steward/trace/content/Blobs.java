// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import dev.steward.trace.span.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Binary bodies of one span's messages: small ones stay in their part, large ones are kept apart
/// and the part refers to them by hash.
final class Blobs {
  private static final Set<String> BODIES = Set.of("data", "blob", "bytes", "content");

  private final int inlineBytesMax;
  private final List<Message> kept = new ArrayList<>();

  Blobs(int inlineBytesMax) {
    this.inlineBytesMax = inlineBytesMax;
  }

  List<Message> kept() {
    return kept;
  }

  /// A blob part of base64 text.
  ObjectNode part(String base64, @Nullable String modality, @Nullable String mimeType) {
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    part.put("type", "blob");
    if (mimeType != null && !mimeType.isBlank()) {
      part.put("mime_type", mimeType);
    }
    String mode = modality == null ? modalityOf(mimeType) : modality;
    if (mode != null) {
      part.put("modality", mode);
    }
    long bytes = bytes(base64);
    if (bytes <= inlineBytesMax) {
      part.put("content", base64);
      return part;
    }
    Message blob = Message.of(CanonicalJson.write(JsonNodeFactory.instance.stringNode(base64)));
    kept.add(blob);
    part.put("ref", "sha256:" + blob.hash().hex());
    part.put("bytes", bytes);
    return part;
  }

  /// The tree with large binary bodies taken out, wherever in it they lie: `data:` addresses, and
  /// texts beside a media type.
  JsonNode takenOut(JsonNode tree) {
    if (tree.isString()) {
      String text = tree.stringValue();
      boolean large = text.startsWith("data:") && bytes(text) > inlineBytesMax;
      ObjectNode part = large ? address(text, null, null) : null;
      return part == null || part.has("uri") ? tree : part;
    }
    if (tree instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        list.set(i, takenOut(list.get(i)));
      }
    } else if (tree instanceof ObjectNode object) {
      String mimeType = Trees.text(object, "mimeType", "mime_type", "media_type", "mediaType");
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        JsonNode value = member.getValue();
        boolean body =
            mimeType != null
                && BODIES.contains(member.getKey())
                && value.isString()
                && bytes(value.stringValue()) > inlineBytesMax;
        member.setValue(body ? part(value.stringValue(), null, mimeType) : takenOut(value));
      }
    }
    return tree;
  }

  /// A part for what lies at the address; a `data:` address holds the body itself.
  ObjectNode address(String uri, @Nullable String modality, @Nullable String mimeType) {
    int comma = uri.startsWith("data:") ? uri.indexOf(',') : -1;
    if (comma > 0 && uri.startsWith(";base64", comma - 7)) {
      String inUri = uri.substring("data:".length(), comma - 7);
      return part(uri.substring(comma + 1), modality, inUri.isEmpty() ? mimeType : inUri);
    }
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    part.put("type", "uri");
    part.put("uri", uri);
    String mode = modality == null ? modalityOf(mimeType) : modality;
    if (mode != null) {
      part.put("modality", mode);
    }
    if (mimeType != null && !mimeType.isBlank()) {
      part.put("mime_type", mimeType);
    }
    return part;
  }

  private static long bytes(String base64) {
    int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
    return Math.max(0, base64.length() * 3L / 4 - padding);
  }

  private static @Nullable String modalityOf(@Nullable String mimeType) {
    if (mimeType == null) {
      return null;
    }
    int slash = mimeType.indexOf('/');
    String major = slash < 0 ? "" : mimeType.substring(0, slash);
    return switch (major) {
      case "image", "audio", "video" -> major;
      case "text", "application" -> "document";
      default -> null;
    };
  }
}
