// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.span;

import dev.steward.domain.Digest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was said and passed on one span. Each body is a Message so that a store can keep it once.
///
/// @param instructions system instructions, canonical JSON array of parts
/// @param tools tool definitions, canonical JSON array
/// @param arguments of a tool call, JSON
/// @param result of a tool call, JSON
/// @param documents retrieved, JSON array
/// @param blobs large binary bodies taken out of the messages above, each a JSON string of base64;
///   the message keeps `{"type":"blob","ref":"sha256:HASH",...}` with the hash of that string. Of a
///   span that is read back there are none: they are read by their hash
public record Content(
    List<Message> input,
    List<Message> output,
    @Nullable Message instructions,
    @Nullable Message tools,
    @Nullable Message arguments,
    @Nullable Message result,
    @Nullable Message documents,
    List<Message> blobs) {

  /// Quotes within a text are escaped, so that no words look like it; an agent's own JSON may.
  private static final Pattern REF = Pattern.compile("\"ref\":\"sha256:([0-9a-f]{64})\"");

  public static final Content NONE =
      new Content(List.of(), List.of(), null, null, null, null, null);

  public Content {
    input = List.copyOf(input);
    output = List.copyOf(output);
    blobs = List.copyOf(blobs);
  }

  /// The hashes by which its messages and bodies name blobs, in their order.
  public List<Digest> blobRefs() {
    Set<Digest> refs = new LinkedHashSet<>();
    Stream.of(input.stream(), output.stream(), Stream.of(arguments, result, documents))
        .flatMap(each -> each)
        .filter(Objects::nonNull)
        .forEach(message ->
            REF.matcher(message.json())
                .results()
                .forEach(found -> refs.add(new Digest(found.group(1)))));
    return List.copyOf(refs);
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
