// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.rows;

import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the content of one span lies: lists of messages by the id of the list, all else by the
/// hash of the body. A list of one message has the hash of that message for its id.
public record ContentRefs(
    @Nullable UUID input,
    @Nullable UUID output,
    @Nullable UUID instructions,
    @Nullable UUID tools,
    @Nullable UUID arguments,
    @Nullable UUID result,
    @Nullable UUID documents) {
  public static final String COLUMNS =
      "input, output, instructions, tools, arguments, result, documents";

  public void append(Row row) throws SQLException {
    row.id(input).id(output).id(instructions).id(tools).id(arguments).id(result).id(documents);
  }

  public static ContentRefs read(Cells cells) throws SQLException {
    return new ContentRefs(
        cells.idOrNull(),
        cells.idOrNull(),
        cells.idOrNull(),
        cells.idOrNull(),
        cells.idOrNull(),
        cells.idOrNull(),
        cells.idOrNull());
  }

  public Stream<UUID> lists() {
    return Stream.of(input, output).filter(Objects::nonNull).map(Objects::requireNonNull);
  }

  public Stream<UUID> bodies() {
    return Stream.of(instructions, tools, arguments, result, documents)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull);
  }
}
