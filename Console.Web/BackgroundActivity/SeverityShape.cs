namespace OpsConsole.Web.BackgroundActivity;

/// <summary>Shape of a line in a picture, so that severity does not stand on colour alone.</summary>
public enum SeverityShape
{
    /// <summary>Up to notice.</summary>
    Dot,

    /// <summary>Warning.</summary>
    Diamond,

    /// <summary>Error and above.</summary>
    Triangle,
}
