// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.otlp;

/// How the bytes of an OTLP request are written.
public enum OtlpEncoding {
  PROTOBUF,
  JSON
}
