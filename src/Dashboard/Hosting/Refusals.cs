namespace Dashboard.Hosting;

/// <summary>Carries the reason of a failed authentication to whoever answers the request.</summary>
internal static class Refusals
{
    private static readonly object Key = new();

    /// <summary>Keeps why the caller was not recognised, for the 401 that may follow. The first reason counts.</summary>
    public static void KeepRefusal(this HttpContext context, ProblemResult problem) => context.Items.TryAdd(Key, problem);

    /// <summary>The kept reason; null where the caller showed nothing.</summary>
    public static ProblemResult? KeptRefusal(this HttpContext context) =>
        context.Items.TryGetValue(Key, out var problem) ? problem as ProblemResult : null;
}
