namespace Dashboard.Controls;

/// <summary>A yes-or-no question. <paramref name="ActionLabel"/> names the act: "Discard", never "OK".</summary>
public sealed record ConfirmQuestion(string Title, string Text, string ActionLabel, bool IsDangerous = false);
