// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import dev.steward.trace.span.Content;
import dev.steward.trace.span.SpanKey;

/// Content of a span that arrived apart from it, in a log record.
public record LateContent(SpanKey span, Content content) {}
