// SPDX-License-Identifier: Apache-2.0
/// Tables as files for spreadsheets and billing tools: rows in, text out.
@NullMarked
package dev.steward.server.export;

import org.jspecify.annotations.NullMarked;
