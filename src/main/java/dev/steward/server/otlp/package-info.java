// SPDX-License-Identifier: Apache-2.0
/// OTLP receivers over HTTP and gRPC: bytes in, acknowledgement out. They must not know spans.
@NullMarked
package dev.steward.server.otlp;

import org.jspecify.annotations.NullMarked;
