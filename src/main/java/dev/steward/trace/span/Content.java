// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.span;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was said and passed on one span. Each body is a Message so that a store can keep it once.
///
/// @param instructions system instructions, canonical JSON array of parts
/// @param tools tool definitions, canonical JSON array
/// @param arguments of a tool call, JSON
/// @param result of a tool call, JSON
/// @param documents retrieved, JSON array
/// @param blobs large binary bodies taken out of the messages above, each a JSON string of base64;
///   the message keeps `{"type":"blob","ref":"sha256:HASH",...}` with the hash of that string
public record Content(
    List<Message> input,
    List<Message> output,
    @Nullable Message instructions,
    @Nullable Message tools,
    @Nullable Message arguments,
    @Nullable Message result,
    @Nullable Message documents,
    List<Message> blobs) {

  public static final Content NONE =
      new Content(List.of(), List.of(), null, null, null, null, null);

  public Content {
    input = List.copyOf(input);
    output = List.copyOf(output);
    blobs = List.copyOf(blobs);
  }

  /// Content without blobs.
  public Content(
      List<Message> input,
      List<Message> output,
      @Nullable Message instructions,
      @Nullable Message tools,
      @Nullable Message arguments,
      @Nullable Message result,
      @Nullable Message documents) {
    this(input, output, instructions, tools, arguments, result, documents, List.of());
  }
}
