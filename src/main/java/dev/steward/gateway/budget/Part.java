// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import java.math.BigDecimal;

/// What one call has reserved of one window.
record Part(Counter counter, BigDecimal amount) {}
