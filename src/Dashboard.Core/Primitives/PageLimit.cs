namespace Dashboard.Core.Primitives;

/// <summary>How many rows a page of any list has.</summary>
public static class PageLimit
{
    /// <summary>Where nobody asks for a number.</summary>
    public const int Default = 50;

    /// <summary>No page is longer.</summary>
    public const int Largest = 200;
}
