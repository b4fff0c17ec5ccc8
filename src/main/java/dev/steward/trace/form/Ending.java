// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.form;

import dev.steward.trace.dialect.Attributes;
import dev.steward.trace.dialect.Field;
import dev.steward.trace.dialect.Understood;
import dev.steward.trace.span.Span.Status;
import org.jspecify.annotations.Nullable;

/// How a span ended, from its status, its attributes and its exception events.
///
/// @param error what went wrong, null unless the status is ERROR
record Ending(Status status, @Nullable String error) {
  private static final int STATUS_OK = 1;
  private static final int STATUS_ERROR = 2;

  /// A span that names an error type failed, even where its sender left the status unset.
  static Ending of(io.opentelemetry.proto.trace.v1.Span wire, Understood span) {
    Status said =
        switch (wire.getStatus().getCodeValue()) {
          case STATUS_OK -> Status.OK;
          case STATUS_ERROR -> Status.ERROR;
          default -> Status.UNSET;
        };
    String errorType = span.text(Field.ERROR_TYPE);
    boolean failed =
        said == Status.ERROR
            || (said == Status.UNSET
                && (errorType != null || "error".equals(span.text(Field.LEVEL))));
    if (!failed) {
      return new Ending(said, null);
    }
    return new Ending(Status.ERROR, error(wire, span, errorType));
  }

  private static @Nullable String error(
      io.opentelemetry.proto.trace.v1.Span wire, Understood span, @Nullable String errorType) {
    if (!wire.getStatus().getMessage().isBlank()) {
      return wire.getStatus().getMessage();
    }
    String message = span.text(Field.STATUS_MESSAGE);
    if (message != null) {
      return message;
    }
    String exception = exception(wire);
    return exception == null ? errorType : exception;
  }

  private static @Nullable String exception(io.opentelemetry.proto.trace.v1.Span wire) {
    String found = null;
    for (io.opentelemetry.proto.trace.v1.Span.Event event : wire.getEventsList()) {
      if (event.getName().equals("exception")
          || event.getName().equals("gen_ai.client.operation.exception")) {
        Attributes attributes = Attributes.of(event.getAttributesList());
        String type = attributes.text("exception.type");
        String message = attributes.text("exception.message");
        if (type != null || message != null) {
          found = message == null ? type : type == null ? message : type + ": " + message;
        }
      }
    }
    return found;
  }
}
