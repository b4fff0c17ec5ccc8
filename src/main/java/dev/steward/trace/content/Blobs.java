// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import dev.steward.trace.span.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Binary bodies of one span's messages: small ones stay in their part, large ones are kept apart
/// and the part refers to them by hash.
final class Blobs {
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
