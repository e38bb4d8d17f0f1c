namespace Dashboard.Core.Primitives;

/// <summary>The store could not be read or written. Callers refuse with <c>STORE_UNAVAILABLE</c> and never guess.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
