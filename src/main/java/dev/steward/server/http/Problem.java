// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.http;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.util.Locale;
import java.util.Map;

/// An error of the API as RFC 9457 has it: the cause, the place and the remedy.
///
/// @param type names the code for programs
/// @param title the cause in a few words
/// @param detail the cause in full
/// @param instance the place: path of the request
/// @param code the code again, as the glossary of errors has it
/// @param retryable whether the same request can succeed later
/// @param remedy what to do
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    String code,
    boolean retryable,
    String remedy) {

  public static final String MEDIA_TYPE = "application/problem+json";

  public static Problem of(ApiException failure, String place) {
    ErrorCode code = failure.code();
    return new Problem(
        "urn:steward:error:" + code.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        title(code),
        code.httpStatus(),
        String.valueOf(failure.getMessage()),
        place,
        code.name(),
        code.retryable(),
        remedy(code));
  }

  /// The answer, with Retry-After where it helps.
  public Reply.Whole reply() {
    Reply.Whole reply = new Reply.Whole(status, MEDIA_TYPE, Json.bytes(this), Map.of());
    if (status == 401) {
      return reply.with("WWW-Authenticate", "Bearer realm=\"steward\"");
    }
    return retryable ? reply.with("Retry-After", "2") : reply;
  }

  private static String title(ErrorCode code) {
    return switch (code) {
      case MALFORMED -> "The request cannot be read";
      case UNAUTHENTICATED -> "Nobody is proven";
      case FORBIDDEN -> "Not allowed";
      case NOT_FOUND -> "Not found";
      case CONFLICT -> "It has changed meanwhile";
      case GONE -> "It is gone";
      case TOO_LARGE -> "Too large";
      case UNSUPPORTED_TYPE -> "The media type is not understood";
      case INVALID -> "It can be read but not accepted";
      case SLOW_DOWN -> "Too many requests";
      case INTERNAL -> "The server failed";
      case LEDGER_BUSY -> "The ledger is busy";
      case JOURNAL_FULL -> "The journal is full";
      case STARTING -> "The server is starting";
      case STORAGE_FAILED -> "The disk refuses";
    };
  }

  private static String remedy(ErrorCode code) {
    return switch (code) {
      case MALFORMED, INVALID, UNSUPPORTED_TYPE ->
          "Mend the request as the detail says; the same request fails again.";
      case UNAUTHENTICATED -> "Send a valid token or key; an admin issues them.";
      case FORBIDDEN -> "Ask an admin for the role that the detail names.";
      case NOT_FOUND, GONE -> "Check the address; lists show what there is.";
      case CONFLICT -> "Read it again and repeat the change on what you find.";
      case TOO_LARGE -> "Send less at once.";
      case SLOW_DOWN, LEDGER_BUSY, JOURNAL_FULL, STARTING ->
          "Send the same request again after the time in Retry-After.";
      case INTERNAL -> "Look into the server's log for the moment of the request.";
      case STORAGE_FAILED -> "Free disk space or mend the disk, then send the request again.";
    };
  }
}
