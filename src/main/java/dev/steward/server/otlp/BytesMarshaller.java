// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// Hands messages on as bytes, so that what is malformed or too large is refused as OTLP asks. A
/// marshaller that throws would be answered with UNKNOWN.
final class BytesMarshaller implements MethodDescriptor.Marshaller<ReceivedBytes> {
  @Override
  public InputStream stream(ReceivedBytes value) {
    return switch (value) {
      case ReceivedBytes.Whole whole -> new ByteArrayInputStream(whole.bytes());
      case ReceivedBytes.Refused refused -> throw refused.failure();
    };
  }

  @Override
  public ReceivedBytes parse(InputStream stream) {
    try {
      return new ReceivedBytes.Whole(stream.readAllBytes());
    } catch (StatusRuntimeException e) {
      boolean large = e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED;
      String cause = String.valueOf(e.getStatus().getDescription());
      return new ReceivedBytes.Refused(
          large
              ? new ApiException(
                  ErrorCode.TOO_LARGE,
                  "The request is larger than otlp.request-limit allows: " + cause,
                  e)
              : unreadable(cause, e));
    } catch (IOException | UncheckedIOException e) {
      return new ReceivedBytes.Refused(unreadable(e.getMessage(), e));
    }
  }

  private static ApiException unreadable(@Nullable String cause, Exception e) {
    return new ApiException(ErrorCode.MALFORMED, "The request cannot be decompressed: " + cause, e);
  }
}
