// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.window;

import java.math.BigDecimal;

/// What one call has reserved of one window.
public record Part(Counter counter, BigDecimal amount) {}
