namespace Dashboard.Core;

/// <summary>Registers the core.</summary>
public static class CoreServices;
