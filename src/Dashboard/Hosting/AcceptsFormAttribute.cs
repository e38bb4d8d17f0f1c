namespace Dashboard.Hosting;

/// <summary>A page with a form that is posted to it; all others answer GET alone.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AcceptsFormAttribute : Attribute;
