// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.part;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/// Frames of Bedrock's InvokeModel, each of which holds one event of the model's maker.
///
/// @param named whether the maker puts each event under its name
public record Wrapped(boolean named) implements Part.Form {
  private static final String BYTES = "bytes";

  /// The event in the frame.
  ///
  /// @param names of events that stand under their name
  public static Part of(Part frame, Set<String> names) {
    Json root = Json.read(decoded(frame.json().at(BYTES).text())).orElse(Json.ABSENT);
    String name = root.names().isEmpty() ? "" : root.names().getFirst();
    boolean named = names.contains(name);
    return named
        ? new Part(frame.raw(), name, root, root.at(name), new Wrapped(true))
        : new Part(frame.raw(), root.at("type").text(), root, root, new Wrapped(false));
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      return new byte[0];
    }
  }

  @Override
  public byte[] with(Part part, byte[] json) {
    FrameSplitter frames = new FrameSplitter();
    Part frame = frames.part(part.raw());
    frame.json().set(BYTES, Json.quoted(Base64.getEncoder().encodeToString(json)));
    return frame.bytes();
  }

  @Override
  public byte[] fresh(Part part, String name, String json) {
    String event = named ? "{" + Json.quoted(name) + ":" + json + "}" : json;
    return with(part, event.getBytes(StandardCharsets.UTF_8));
  }
}
