// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/// A JSON object as the bytes it came in, with the place of each of its own members. Members are
/// read one by one, and an edit leaves every other byte as it is.
public final class JsonBody {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final byte[] COMMA = {','};
  private static final int PLAIN_MAX = 256;
  private static final int DIGITS_MAX = 9;

  private final byte[] bytes;
  private final Map<String, Place> members;
  private final int open;

  private JsonBody(byte[] bytes, Map<String, Place> members, int open) {
    this.bytes = bytes;
    this.members = members;
    this.open = open;
  }

  /// Where the value of a member lies.
  private record Place(int start, int end) {}

  /// @throws RefusedException MALFORMED when the bytes are no JSON object, or when a member is
  ///   there twice: the provider might believe the other one
  public static JsonBody of(byte[] bytes) {
    Map<String, Place> members = new HashMap<>();
    try (JsonParser parser = JSON.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("it must be a JSON object");
      }
      int open = (int) parser.currentLocation().getByteOffset();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        if (members.put(name, place(parser)) != null) {
          throw malformed("'" + name + "' is there twice");
        }
      }
      if (parser.nextToken() != null) {
        throw malformed("something follows the JSON object");
      }
      return new JsonBody(bytes, members, open);
    } catch (JacksonException e) {
      throw malformed(e.getOriginalMessage() + where(e));
    }
  }

  private static String where(JacksonException e) {
    return e.getLocation() == null
        ? ""
        : " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }

  private static Place place(JsonParser parser) {
    parser.nextToken();
    int start = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    return new Place(start, (int) parser.currentLocation().getByteOffset());
  }

  private static RefusedException malformed(String reason) {
    return new RefusedException(
        Refusal.of(Refusal.Kind.MALFORMED, "The request body cannot be read: " + reason + "."));
  }

  public byte[] bytes() {
    return bytes;
  }

  public boolean has(String name) {
    return members.containsKey(name);
  }

  /// The value's own bytes as text, empty when there is no such member.
  public Optional<String> raw(String name) {
    return Optional.ofNullable(members.get(name))
        .map(p -> new String(bytes, p.start(), p.end() - p.start(), StandardCharsets.UTF_8));
  }

  /// The value's own bytes, not copied, empty when there is no such member.
  public Optional<ByteBuffer> rawBytes(String name) {
    return Optional.ofNullable(members.get(name))
        .map(p -> ByteBuffer.wrap(bytes, p.start(), p.end() - p.start()));
  }

  /// The value, a missing node when there is no such member.
  public JsonNode read(String name) {
    Place place = members.get(name);
    if (place == null) {
      return MissingNode.getInstance();
    }
    JsonNode plain = plain(place);
    return plain == null ? JSON.readTree(bytes, place.start(), place.end() - place.start()) : plain;
  }

  /// A value that is plain to see, for which making a parser takes longer than reading it; null for
  /// all others.
  private @Nullable JsonNode plain(Place place) {
    int start = place.start();
    int length = place.end() - start;
    return switch (bytes[start]) {
      case 't' -> length == 4 ? BooleanNode.TRUE : null;
      case 'f' -> length == 5 ? BooleanNode.FALSE : null;
      case 'n' -> length == 4 ? NullNode.getInstance() : null;
      case '"' -> plainText(start + 1, place.end() - 1);
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> smallNumber(start, place.end());
      default -> null;
    };
  }

  private @Nullable JsonNode plainText(int from, int end) {
    if (end < from || end - from > PLAIN_MAX || bytes[end] != '"') {
      return null;
    }
    for (int i = from; i < end; i++) {
      byte b = bytes[i];
      if (b < ' ' || b == '"' || b == '\\') {
        return null;
      }
    }
    return StringNode.valueOf(new String(bytes, from, end - from, StandardCharsets.ISO_8859_1));
  }

  private @Nullable JsonNode smallNumber(int from, int end) {
    if (end - from > DIGITS_MAX) {
      return null;
    }
    int number = 0;
    for (int i = from; i < end; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      number = number * 10 + digit;
    }
    return IntNode.valueOf(number);
  }

  /// The value as text, "" when it is absent or no text.
  public String text(String name) {
    JsonNode value = read(name);
    return value.isString() ? value.stringValue() : "";
  }

  /// The same object with these members set to these JSON values.
  public JsonBody with(Map<String, String> values) {
    return of(bytesWith(values));
  }

  /// The bytes of the same object with these members set to these JSON values.
  public byte[] bytesWith(Map<String, String> values) {
    TreeMap<Integer, Map.Entry<Place, String>> replaced = new TreeMap<>();
    StringBuilder added = new StringBuilder();
    values.forEach((name, value) -> {
      Place place = members.get(name);
      if (place == null) {
        added.append(JSON.writeValueAsString(name)).append(':').append(value).append(',');
      } else {
        replaced.put(place.start(), Map.entry(place, value));
      }
    });
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 64 * values.size());
    out.write(bytes, 0, open);
    if (!added.isEmpty()) {
      byte[] first = added.toString().getBytes(StandardCharsets.UTF_8);
      out.write(first, 0, members.isEmpty() ? first.length - COMMA.length : first.length);
    }
    int next = open;
    for (Map.Entry<Place, String> edit : replaced.values()) {
      out.write(bytes, next, edit.getKey().start() - next);
      out.writeBytes(edit.getValue().getBytes(StandardCharsets.UTF_8));
      next = edit.getKey().end();
    }
    out.write(bytes, next, bytes.length - next);
    return out.toByteArray();
  }

  /// The names of the members.
  public List<String> names() {
    return List.copyOf(members.keySet());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonBody body && Arrays.equals(bytes, body.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
